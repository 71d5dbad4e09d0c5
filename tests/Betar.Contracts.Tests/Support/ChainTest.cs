namespace Betar.Contracts.Tests.Support;

/// <summary>A test on the chain, which is as after the deployments when it begins.</summary>
[Collection(AnvilCollection.Name)]
public abstract class ChainTest(Anvil anvil) : IAsyncLifetime
{
    private protected Anvil Anvil => anvil;

    private protected World World => anvil.World;

    public virtual Task InitializeAsync() => anvil.BeginCaseAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;
}
