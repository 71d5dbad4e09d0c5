using Betar.Ethereum.Tests.Rpc.Quorum;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Logs;

/// <summary>Random chains: whatever was reorganised or failed on the way, who reads to the end has the chain's logs, each once.</summary>
public sealed class LogScannerRandomTests
{
    [Fact]
    public async Task Who_reads_to_the_end_has_the_logs_of_the_chain()
    {
        var (compared, takenBack) = (0, 0);
        for (var sequence = 0; sequence < 300; sequence++)
        {
            var random = new Random(TestSeed.Value + sequence);
            var chain = new ModelChain { MaxLogs = random.Next(3, 12) };
            var confirmations = random.Next(1, 3);
            var reader = new LogReader(chain, new LogScanOptions { MaxWindow = random.Next(1, 9), Confirmations = confirmations, MaxQuestions = 500 });
            for (var step = 0; step < 25; step++)
            {
                Disturb(chain, random);
                var status = await reader.ScanAsync();
                chain.Silent.Clear();
                if (status == LogScanStatus.TooDeep)
                {
                    reader.Kept.Clear();
                    reader.Cursor = LogCursor.StartAt(0);
                    status = await reader.ScanAsync();
                }

                if (status != LogScanStatus.UpToDate)
                    continue;
                var wanted = (await WantedAsync(chain, confirmations)).Select(log => (log.BlockHash, log.LogIndex)).ToList();
                var kept = reader.Kept.Where(log => log.BlockNumber + (ulong)confirmations <= chain.Head.Number + 1).Select(log => (log.BlockHash, log.LogIndex)).ToList();
                Assert.True(wanted.SequenceEqual(kept), $"seed {TestSeed.Value}, sequence {sequence}, step {step}: {wanted.Count} logs, {kept.Count} kept");
                compared++;
            }

            takenBack += reader.Batches.Count(batch => batch.TakenBackFrom is not null);
        }

        Assert.True(compared > 3_000 && takenBack > 300, $"{compared} compared, {takenBack} taken back");
    }

    static void Disturb(ModelChain chain, Random random)
    {
        if (random.Next(4) == 0 && chain.Head.Number > 4)
            chain.Reorganise(random.Next(1, 4));
        if (random.Next(8) == 0)
            chain.Silent.Add(random.Next(2) == 0 ? "eth_getLogs" : "eth_getBlockByNumber");
        for (var blocks = random.Next(5); blocks > 0; blocks--)
            chain.Mine([], [.. Enumerable.Range(0, random.Next(4)).Select(at => QuorumAgreementTests.Log((byte)at))]);
    }

    static async Task<IReadOnlyList<LogEntry>> WantedAsync(ModelChain chain, int confirmations)
    {
        var most = chain.MaxLogs;
        chain.MaxLogs = int.MaxValue;
        var all = await chain.GetLogsAsync(new LogFilter { FromBlock = 0 }, default);
        chain.MaxLogs = most;
        return [.. all.Where(log => log.BlockNumber + (ulong)confirmations <= chain.Head.Number + 1)];
    }
}
