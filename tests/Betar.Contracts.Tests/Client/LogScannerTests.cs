using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Client;

/// <summary>The token's transfers are read from a node, through a reorganisation.</summary>
public sealed class LogScannerTests(Anvil anvil) : ChainTest(anvil)
{
    private readonly List<LogEntry> kept = [];

    [Fact]
    public async Task Transfers_are_read_in_windows_taken_back_and_read_anew()
    {
        var start = await Anvil.Chain.GetBlockNumberAsync(default) + 1;
        var cursor = LogCursor.StartAt(start);
        await MintAsync(1);
        await MintAsync(2);
        cursor = await ScanAsync(cursor);
        Assert.Equal([1UL, 2UL], Values());
        await Anvil.RequestAsync("anvil_reorg", 1, Array.Empty<object>());
        await MintAsync(3);

        cursor = await ScanAsync(cursor);
        Assert.Equal([1UL, 3UL], Values());
        Assert.Equal(await Anvil.Chain.GetBlockNumberAsync(default) + 1, cursor.NextBlock);
    }

    private async Task<LogCursor> ScanAsync(LogCursor cursor)
    {
        var scanner = new LogScanner(
            Anvil.Chain, new LogFilter { Address = World.Usdc.Address }, (_, _) => Task.CompletedTask, new LogScanOptions { MaxWindow = 1 });
        var result = await scanner.ScanAsync(cursor, Take, default);
        Assert.True(result.Status == LogScanStatus.UpToDate, result.Detail);
        return result.Cursor;
    }

    private Task Take(LogBatch batch, CancellationToken cancellationToken)
    {
        kept.RemoveAll(log => log.BlockNumber >= batch.TakenBackFrom);
        kept.AddRange(batch.Logs);
        return Task.CompletedTask;
    }

    private Task MintAsync(ulong value) => World.Usdc.SendAsync(Account.Owner, "mint", Account.Seller.Address, (UInt256)value);

    private List<ulong> Values() =>
    [
        .. kept.Select(log => TransferEvent.TryDecode(log, World.Usdc.Address, out var transfer) ? transfer : null)
            .OfType<TransferEvent>().Select(transfer => (ulong)transfer.Value),
    ];
}
