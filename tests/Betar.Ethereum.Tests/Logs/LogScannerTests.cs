using Betar.Ethereum.Tests.Rpc.Quorum;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Logs;

public sealed class LogScannerTests
{
    readonly ModelChain _chain = new();

    [Fact]
    public async Task All_logs_are_handed_out_window_by_window_and_once()
    {
        Mine(9);
        var reader = new LogReader(_chain, new LogScanOptions { MaxWindow = 4 });

        Assert.Equal(LogScanStatus.UpToDate, await reader.ScanAsync());
        Assert.Equal([(0UL, 3UL), (4UL, 7UL), (8UL, 9UL)], reader.Batches.Select(batch => (batch.FromBlock, batch.ToBlock)));
        Assert.Equal(Enumerable.Range(1, 9).Select(block => (ulong)block), reader.Kept.Select(log => log.BlockNumber));
        Assert.Equal(10UL, reader.Cursor.NextBlock);
        Assert.Equal(LogScanStatus.UpToDate, await reader.ScanAsync());
        Assert.Equal(9, reader.Kept.Count);
    }

    [Fact]
    public async Task A_scan_goes_on_where_a_kept_cursor_says()
    {
        Mine(5);
        LogCursor? kept = null;
        var first = new LogScanner(_chain, new LogFilter(), Save, new LogScanOptions { MaxWindow = 2, MaxQuestions = 2 });
        var ended = await first.ScanAsync(LogCursor.StartAt(0), (_, _) => Task.CompletedTask, default);
        Assert.Equal((LogScanStatus.More, 4UL), (ended.Status, ended.Cursor.NextBlock));
        Assert.Equal(ended.Cursor, kept);

        var second = new LogReader(_chain) { Cursor = kept! };
        Assert.Equal(LogScanStatus.UpToDate, await second.ScanAsync());
        Assert.Equal([4UL, 5UL], second.Kept.Select(log => log.BlockNumber));

        Task Save(LogCursor cursor, CancellationToken cancellationToken)
        {
            kept = cursor;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_batch_that_could_not_be_handled_comes_again()
    {
        Mine(2);
        var saved = 0;
        var scanner = new LogScanner(_chain, new LogFilter(), (_, _) => Task.FromResult(saved++));

        await Assert.ThrowsAsync<IOException>(() => scanner.ScanAsync(LogCursor.StartAt(0), (_, _) => throw new IOException("full"), default));
        Assert.Equal(0, saved);
    }

    [Fact]
    public async Task Too_many_logs_halve_the_window_and_success_doubles_it()
    {
        Mine(40);
        _chain.MaxLogs = 5;
        var reader = new LogReader(_chain, new LogScanOptions { MaxWindow = 32 });
        Assert.Equal(LogScanStatus.UpToDate, await reader.ScanAsync());
        Assert.Equal(40, reader.Kept.Count);
        Assert.Equal(3UL, reader.Batches[0].ToBlock);
        Assert.All(reader.Batches, batch => Assert.InRange(batch.Logs.Count, 1, 5));

        _chain.MaxLogs = int.MaxValue;
        for (var block = 0; block < 40; block++)
            _chain.Mine();
        await reader.ScanAsync();
        Assert.Contains(reader.Batches, batch => batch.ToBlock - batch.FromBlock + 1 >= 16);
    }

    [Fact]
    public async Task One_block_that_is_refused_ends_the_scan()
    {
        Mine(3);
        _chain.MaxLogs = 0;
        var reader = new LogReader(_chain) { Cursor = LogCursor.StartAt(1) };

        Assert.Equal(LogScanStatus.Refused, await reader.ScanAsync());
        Assert.Equal(1UL, reader.Cursor.NextBlock);
    }

    [Theory]
    [InlineData(429, "slow down", LogScanStatus.Unavailable)]
    [InlineData(-32601, "no such method", LogScanStatus.Refused)]
    public async Task A_refusal_that_a_shorter_question_does_not_help_is_not_repeated(int code, string message, LogScanStatus status)
    {
        Mine(3);
        _chain.Faults["eth_getLogs"] = new RpcError(code, message, default);

        Assert.Equal(status, await new LogReader(_chain).ScanAsync());
        Assert.Single(_chain.Asked, "eth_getLogs");
    }

    [Theory]
    [InlineData("eth_getLogs")]
    [InlineData("eth_getBlockByNumber")]
    public async Task A_chain_that_does_not_answer_changes_nothing(string method)
    {
        Mine(3);
        var reader = new LogReader(_chain);
        _chain.Silent.Add(method);
        Assert.Equal(LogScanStatus.Unavailable, await reader.ScanAsync());
        Assert.Equal(LogCursor.StartAt(0), reader.Cursor with { Marks = LogCursor.StartAt(0).Marks });
        _chain.Silent.Clear();

        Assert.Equal(LogScanStatus.UpToDate, await reader.ScanAsync());
        Assert.Equal(3, reader.Kept.Count);
    }

    [Fact]
    public async Task Logs_are_handed_out_when_they_are_deep_enough()
    {
        var reader = new LogReader(_chain, new LogScanOptions { Confirmations = 3 });
        Assert.Equal(LogScanStatus.UpToDate, await reader.ScanAsync());
        Assert.Empty(reader.Batches);
        Mine(3);
        await reader.ScanAsync();
        Assert.Equal([1UL], reader.Kept.Select(log => log.BlockNumber));
        _chain.Mine();
        await reader.ScanAsync();
        Assert.Equal([1UL, 2UL], reader.Kept.Select(log => log.BlockNumber));
    }

    [Fact]
    public async Task Logs_of_blocks_that_went_are_taken_back_before_others_come()
    {
        Mine(4);
        var reader = new LogReader(_chain, new LogScanOptions { MaxWindow = 1 });
        await reader.ScanAsync();
        _chain.Reorganise(2);
        _chain.Mine();
        Mine(2, 100);
        Assert.Equal(LogScanStatus.UpToDate, await reader.ScanAsync());

        Assert.Equal(3UL, reader.Batches.Single(batch => batch.TakenBackFrom is not null).TakenBackFrom);
        Assert.Equal([(1, 1), (2, 2), (4, 101), (5, 102)], reader.Kept.Select(log => ((int)log.BlockNumber, (int)log.Data.Span[0])));
    }

    [Fact]
    public async Task A_chain_that_became_shorter_takes_back_too()
    {
        Mine(4);
        var reader = new LogReader(_chain, new LogScanOptions { MaxWindow = 1 });
        await reader.ScanAsync();
        _chain.Reorganise(3);

        Assert.Equal(LogScanStatus.UpToDate, await reader.ScanAsync());
        Assert.Equal([1UL], reader.Kept.Select(log => log.BlockNumber));
        Assert.Equal(2UL, reader.Cursor.NextBlock);
    }

    [Fact]
    public async Task Deeper_than_all_marks_is_told_and_nothing_is_made_up()
    {
        Mine(6);
        var reader = new LogReader(_chain, new LogScanOptions { MaxWindow = 1, MaxMarks = 2 });
        await reader.ScanAsync();
        Assert.Equal(2, reader.Cursor.Marks.Count);
        _chain.Reorganise(4);
        Mine(5);
        var before = reader.Batches.Count;

        Assert.Equal(LogScanStatus.TooDeep, await reader.ScanAsync());
        Assert.Equal(before, reader.Batches.Count);
    }

    [Fact]
    public async Task The_filter_goes_to_the_node_and_is_held_against_the_answer()
    {
        Mine(2);
        var other = QuorumAgreementTests.Log(9) with { Address = TestKeys.SellerAddress };
        _chain.Mine([], other);
        var mine = new LogReader(_chain, null, new LogFilter { Address = TestKeys.SellerAddress });
        Assert.Equal(LogScanStatus.UpToDate, await mine.ScanAsync());
        Assert.Equal([3UL], mine.Kept.Select(log => log.BlockNumber));

        var wrong = new LogReader(_chain, null, new LogFilter { Topics = [Hash32.Zero] });
        Assert.Equal(LogScanStatus.Unavailable, await wrong.ScanAsync());
        Assert.Empty(wrong.Kept);
    }

    void Mine(int blocks, int offset = 0)
    {
        for (var block = 1; block <= blocks; block++)
            _chain.Mine([], QuorumAgreementTests.Log((byte)(offset + block)));
    }
}
