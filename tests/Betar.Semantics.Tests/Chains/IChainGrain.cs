namespace Betar.Semantics.Tests.Chains;

public interface IChainGrain : IGrainWithStringKey, IPlaced
{
    /// <summary>Calls the other, which calls back.</summary>
    [ResponseTimeout("00:00:00.500")]
    Task<string> There(IChainGrain other, ChainKind kind);

    [ResponseTimeout("00:00:00.500")]
    Task<string> Back(IChainGrain caller, ChainKind kind);

    [ResponseTimeout("00:00:00.500")]
    Task<string> Reached();

    [ResponseTimeout("00:00:00.500")]
    Task<string> CallSelf(ChainKind kind);

    /// <summary>Opens the chain, then waits; a stranger's call must not get in.</summary>
    Task OpenAndWait(string gate);

    Task<string> Stranger();
}
