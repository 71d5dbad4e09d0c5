namespace Betar.Semantics.Tests.Hosting;

public interface IDrainGrain : IGrainWithStringKey, IPlaced
{
    Task<string> Ask();

    Task<string> Hold(string gate);
}
