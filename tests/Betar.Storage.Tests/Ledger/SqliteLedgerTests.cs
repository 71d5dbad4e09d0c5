using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Ledger;

public sealed class SqliteLedgerTests : LedgerSuite
{
    private readonly TempFolder folder = new();
    private BetarDatabase? database;

    public override async Task DisposeAsync()
    {
        await CloseAsync();
        folder.Dispose();
    }

    private protected override ILedger Open()
    {
        database = BetarDatabase.Open(folder.Database, time: Time);
        return database.Ledger;
    }

    private protected override async Task CloseAsync() => await database!.DisposeAsync();
}
