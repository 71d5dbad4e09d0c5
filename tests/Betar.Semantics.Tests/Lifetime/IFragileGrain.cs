namespace Betar.Semantics.Tests.Lifetime;

public interface IFragileGrain : IGrainWithStringKey
{
    Task<string> Ask();
}
