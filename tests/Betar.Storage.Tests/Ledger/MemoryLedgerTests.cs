using Betar.Storage.Ledger;

namespace Betar.Storage.Tests.Ledger;

public sealed class MemoryLedgerTests : LedgerSuite
{
    public override Task DisposeAsync() => Task.CompletedTask;

    private protected override ILedger Open() => new MemoryLedger(time: Time);

    private protected override Task CloseAsync()
    {
        ((MemoryLedger)Ledger).Close();
        return Task.CompletedTask;
    }
}
