namespace Betar.Semantics.Tests.Chaos;

public interface ISurvivorGrain : IGrainWithStringKey, IPlaced
{
    Task<int> Increment();

    Task<int> Calls();

    Task Hold(string gate);

    /// <summary>Calls another and tells how it ended.</summary>
    Task<string> HoldAnother(ISurvivorGrain other, string gate);
}
