using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Storage.Tests.Ledger;

/// <summary>What every provider of the ledger must do. A provider's test class derives and says how to open and close one.</summary>
public abstract partial class LedgerSuite : IAsyncLifetime
{
    private protected ManualTime Time { get; } = new();

    private protected ILedger Ledger { get; private set; } = null!;

    public Task InitializeAsync()
    {
        Ledger = Open();
        return Task.CompletedTask;
    }

    public abstract Task DisposeAsync();

    private protected abstract ILedger Open();

    private protected abstract Task CloseAsync();
}
