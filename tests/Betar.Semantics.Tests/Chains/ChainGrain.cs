namespace Betar.Semantics.Tests.Chains;

public sealed class ChainGrain : SceneGrain, IChainGrain
{
    public async Task<string> There(IChainGrain other, ChainKind kind)
    {
        if (kind == ChainKind.Closed)
        {
            return await other.Back(this.AsReference<IChainGrain>(), kind);
        }

        var section = RequestContext.AllowCallChainReentrancy();
        if (kind == ChainKind.AllowedAndOver)
        {
            section.Dispose();
            return await other.Back(this.AsReference<IChainGrain>(), kind);
        }

        using (section)
        {
            return await other.Back(this.AsReference<IChainGrain>(), kind);
        }
    }

    public async Task<string> Back(IChainGrain caller, ChainKind kind)
    {
        if (kind != ChainKind.AllowedThenSuppressed)
        {
            return await caller.Reached();
        }

        using (RequestContext.SuppressCallChainReentrancy())
        {
            return await caller.Reached();
        }
    }

    public Task<string> Reached() => Task.FromResult("reached");

    public async Task<string> CallSelf(ChainKind kind)
    {
        if (kind == ChainKind.Closed)
        {
            return await this.AsReference<IChainGrain>().Reached();
        }

        using (RequestContext.AllowCallChainReentrancy())
        {
            return await this.AsReference<IChainGrain>().Reached();
        }
    }

    public async Task OpenAndWait(string gate)
    {
        using (RequestContext.AllowCallChainReentrancy())
        {
            Scene.Note("open");
            await Scene.Gate(gate);
            Scene.Note("closed");
        }
    }

    public Task<string> Stranger()
    {
        Scene.Note("stranger");
        return Task.FromResult("stranger");
    }
}
