using System.Diagnostics;
using Betar.Benchmarks.Grains;
using Betar.Benchmarks.Harness;
using Betar.Storage;
using Betar.Storage.Channels;
using Betar.X402;
using Betar.X402.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Settling;
using Betar.X402.Wire;
using Orleans.TestingHost;

namespace Betar.Benchmarks.X402.Vouchers;

/// <summary>
/// Calls paid by voucher, from the bytes of `/settle` to the answer: one signature check, one grain, one durable write; and the same with the
/// book of a web seller, which has no grain. Beside it, durable writes of the database under it, one at a time.
/// </summary>
internal static class VoucherFigures
{
    public const string Part = "vouchers";

    private const int Channels = 64;
    private const int Calls = 150;
    private const int LoneCalls = 500;
    private const int Load = 2_000;

    public static async Task AddAsync(BenchContext context)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("betar-bench-");
        VoucherChannel[] channels = [.. Enumerable.Range(0, Channels).Select(_ => new VoucherChannel())];
        try
        {
            context.Say("vouchers: the database alone");
            double raw = await RawSqlite.RateAsync(Path.Combine(folder.FullName, "raw.db"), TimeSpan.FromSeconds(1));
            await using BetarDatabase database = BetarDatabase.Open(Path.Combine(folder.FullName, "betar.db"));
            StateSetup.Database = database;
            await using TestCluster cluster = await BenchCluster.DeployAsync<StateSetup>(1);
            var baseline = new Baseline("one SQLite insert a commit, synchronous=FULL", raw);
            await MeasureAsync(context, "vouchers", new GrainChannelBook(cluster.GrainFactory), channels, baseline);
            await MeasureAsync(context, "vouchers.book", new DurableChannelBook(database, TimeProvider.System), channels, baseline);
            await cluster.StopAllSilosAsync();
        }
        finally
        {
            foreach (VoucherChannel channel in channels)
                channel.Dispose();
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(BenchContext context, string id, IChannelBook book, VoucherChannel[] channels, Baseline baseline)
    {
        await Task.WhenAll(channels.Select(channel => channel.OpenAsync(book)));
        var facilitator = new LocalFacilitator(
            [new BatchScheme(new BatchOptions { Book = book }, TimeProvider.System)], new NoChain(), new MemorySettlementBook(TimeProvider.System),
            new LocalFacilitatorOptions(), TimeProvider.System);
        int calls = context.Repetitions(Calls, 20), lone = context.Repetitions(LoneCalls, 50);
        List<double> rates = [], p99 = [], alone = [];
        context.Say($"{id} over {Channels} channels");
        for (int round = -1; round < context.RoundCount; round++)
        {
            byte[][][] bodies = await Task.WhenAll(channels.Select(channel => channel.SignAsync(calls)));
            byte[][][] steady = await Task.WhenAll(channels.Select(channel => channel.SignAsync(calls)));
            byte[][] single = await channels[0].SignAsync(lone);
            long started = Stopwatch.GetTimestamp();
            await Task.WhenAll(bodies.Select(vouchers => Task.Run(() => PayAsync(facilitator, vouchers))));
            double rate = Channels * calls / Stopwatch.GetElapsedTime(started).TotalSeconds;
            double[] sorted = [.. (await SteadyAsync(facilitator, steady)).SelectMany(time => time).Order()];
            double[] one = await PayAsync(facilitator, single);
            if (round < 0)
                continue;
            rates.Add(rate);
            p99.Add(sorted[sorted.Length * 99 / 100]);
            alone.Add(Figure.Median(one));
        }

        context.Add($"{id}.rate", "1/s", rates, Goal.AtLeast(2_000), baseline, $"{Channels} channels, one caller each; a durable write a voucher");
        context.Add($"{id}.p99", "ms", p99, Goal.AtMost(5), note: $"at {Load}/s over {Channels} channels, open loop, waiting for the channel's last voucher included");
        context.Add($"{id}.alone.p50", "ms", alone, Goal.AtMost(1), new Baseline("one SQLite insert", 1_000 / baseline.Value), "one caller, warm");
    }

    private static async Task<double[]> PayAsync(LocalFacilitator facilitator, byte[][] vouchers)
    {
        var times = new double[vouchers.Length];
        for (int i = 0; i < vouchers.Length; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await PayAsync(facilitator, vouchers[i]);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return times;
    }

    /// <summary>
    /// Open loop: a call starts when its time has come; that its channel is still busy counts, the timer's own lateness does not.
    /// </summary>
    private static Task<double[][]> SteadyAsync(LocalFacilitator facilitator, byte[][][] channels)
    {
        long started = Stopwatch.GetTimestamp();
        return Task.WhenAll(channels.Select((vouchers, channel) => Task.Run(async () =>
        {
            var times = new double[vouchers.Length];
            for (int i = 0; i < vouchers.Length; i++)
            {
                TimeSpan due = TimeSpan.FromSeconds(((double)i * channels.Length + channel) / Load), begun = due;
                TimeSpan wait = due - Stopwatch.GetElapsedTime(started);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, TimeProvider.System);
                    begun = Stopwatch.GetElapsedTime(started);
                }

                await PayAsync(facilitator, vouchers[i]);
                times[i] = (Stopwatch.GetElapsedTime(started) - begun).TotalMilliseconds;
            }

            return times;
        })));
    }

    private static async Task PayAsync(LocalFacilitator facilitator, byte[] voucher)
    {
        SettleResponse response = await facilitator.SettleAsync(WireCodec.ParseCall(voucher).Value!, null, CancellationToken.None);
        if (!response.Success)
            throw new InvalidOperationException($"A good voucher was refused: {response.ErrorReason} {response.ErrorMessage}");
    }

    private sealed class NoChain : ISettlementChannel
    {
        public Task<SettlementOutcome> SettleAsync(SettlementRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A voucher needs no chain.");

        public Task<SettlementOutcome> LookUpAsync(SettlementRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A voucher needs no chain.");
    }
}
