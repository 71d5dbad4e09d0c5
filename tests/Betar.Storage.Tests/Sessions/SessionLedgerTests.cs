using Betar.Storage.Ledger;
using Betar.Storage.Sessions;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Sessions;

/// <summary>A paid exchange and its entry of the ledger are one write: both are on disk, or neither is, and never twice.</summary>
public sealed class SessionLedgerTests
{
    [Fact]
    public async Task It_is_written_with_the_entry()
    {
        await using var file = new SessionFile();
        await file.Database.Ledger.RunAsync(1, LedgerKind.Reserved, LedgerKind.Settled);
        await file.Database.Ledger.MustAppendAsync(Delivered(1));
        Assert.Equal(["r1"], await file.RequestsAsync());
    }

    [Fact]
    public async Task A_crash_right_after_the_append_leaves_both()
    {
        using var folder = new TempFolder();
        await using var database = BetarDatabase.Open(folder.Database);
        await database.Ledger.RunAsync(1, LedgerKind.Reserved, LedgerKind.Settled);
        await database.Ledger.MustAppendAsync(Delivered(1));
        string left = Crash.Copy(folder);
        await using var again = BetarDatabase.Open(left);
        Assert.Equal(3, (await again.Ledger.ReadAsync(TestOrders.Payment(1), CancellationToken.None)).Count);
        Assert.NotNull(await again.Sessions.FindAsync(new SessionQuery { AgentId = "did:a" }, "peer", CancellationToken.None));
    }

    [Theory]
    [InlineData(2, AppendStatus.Conflict)]
    [InlineData(3, AppendStatus.IllegalTransition)]
    public async Task A_refused_entry_records_nothing(int index, AppendStatus expected)
    {
        await using var file = new SessionFile();
        await file.Database.Ledger.RunAsync(1, LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.Delivered);
        AppendResult result = await file.Database.Ledger.AppendAsync(Delivered(1) with { Index = index }, CancellationToken.None);
        Assert.Equal(expected, result.Status);
        Assert.Null(await file.FindAsync());
    }

    [Fact]
    public async Task Copies_of_one_entry_record_once()
    {
        await using var file = new SessionFile();
        await file.Database.Ledger.RunAsync(1, LedgerKind.Reserved, LedgerKind.Settled);
        AppendResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => file.Database.Ledger.AppendAsync(Delivered(1), CancellationToken.None).AsTask()));
        Assert.Single(results, result => result.Status == AppendStatus.Appended);
        Assert.Equal(["r1"], await file.RequestsAsync());
    }

    [Fact]
    public async Task A_long_text_is_cut_here_too()
    {
        await using var file = new SessionFile(new SessionLogOptions { MaxTextLength = 16 });
        await file.Database.Ledger.RunAsync(1, LedgerKind.Reserved, LedgerKind.Settled);
        LedgerAppend append = Delivered(1);
        await file.Database.Ledger.MustAppendAsync(append with { Exchange = append.Exchange! with { Output = new string('o', 99) } });
        Assert.Equal(new string('o', 16) + "… (99 characters)", (await file.FindAsync())!.Exchanges[0].Exchange.Output);
    }

    private static LedgerAppend Delivered(int order) => TestOrders.Append(order, 2, LedgerKind.Delivered) with
    {
        Exchange = SessionFile.Exchange($"r{order}", paid: true),
    };
}
