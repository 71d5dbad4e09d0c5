namespace Betar.Semantics.Tests.Keys;

public interface IStringKeyGrain : IGrainWithStringKey
{
    Task<string> Key();

    Task<int> Count();
}
