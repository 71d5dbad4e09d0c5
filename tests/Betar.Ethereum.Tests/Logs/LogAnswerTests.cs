using Betar.Ethereum.Tests.Rpc.Quorum;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Logs;

/// <summary>Logs that cannot be what was asked for are nobody's logs.</summary>
public sealed class LogAnswerTests
{
    public static TheoryData<string, Func<LogEntry, LogEntry>> Wrong => new()
    {
        { "removed", log => log with { Removed = true } },
        { "after the window", log => log with { BlockNumber = 9 } },
        { "before the window", log => log with { BlockNumber = 0 } },
        { "of another block at this height", log => log with { BlockHash = Hash32.Zero } },
        { "of another contract", log => log with { Address = TestKeys.SellerAddress } },
        { "out of order", log => log with { LogIndex = 0 } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_log_that_does_not_fit_ends_the_scan(string why, Func<LogEntry, LogEntry> change)
    {
        var chain = new ModelChain();
        var block = chain.Mine([], QuorumAgreementTests.Log(1), QuorumAgreementTests.Log(2));
        var filter = new LogFilter { Address = TestKeys.Usdc, FromBlock = 1 };
        var good = await ScanAsync(block.Logs);
        var bad = await ScanAsync([block.Logs[0], change(block.Logs[1])]);

        Assert.Equal(LogScanStatus.UpToDate, good.Status);
        Assert.True(bad.Status == LogScanStatus.Unavailable, why);
        Assert.Equal("the node's logs are not those that were asked for", bad.Detail);

        Task<LogScanResult> ScanAsync(IReadOnlyList<LogEntry> logs)
        {
            chain.Logs = logs;
            return new LogScanner(chain, filter, (_, _) => Task.CompletedTask).ScanAsync(LogCursor.StartAt(1), (_, _) => Task.CompletedTask, default);
        }
    }

    [Theory]
    [InlineData(0, 1, 64, 1_000, "MaxWindow")]
    [InlineData(1_000_001, 1, 64, 1_000, "MaxWindow")]
    [InlineData(1, 0, 64, 1_000, "Confirmations")]
    [InlineData(1, 10_001, 64, 1_000, "Confirmations")]
    [InlineData(1, 1, 0, 1_000, "MaxMarks")]
    [InlineData(1, 1, 10_001, 1_000, "MaxMarks")]
    [InlineData(1, 1, 1, 0, "MaxQuestions")]
    [InlineData(1, 1, 1, 1_000_001, "MaxQuestions")]
    public void An_option_out_of_range_is_named(int window, int confirmations, int marks, int questions, string name)
    {
        var options = new LogScanOptions { MaxWindow = window, Confirmations = confirmations, MaxMarks = marks, MaxQuestions = questions };

        Assert.StartsWith(name, Assert.Single(options.Validate()), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LogScanner(new NoChain(), new LogFilter(), (_, _) => Task.CompletedTask, options));
        Assert.Equal((2_000, 1, 64, 1_000), (new LogScanOptions().MaxWindow, new LogScanOptions().Confirmations, new LogScanOptions().MaxMarks, new LogScanOptions().MaxQuestions));
    }
}
