using System.Text.Json.Nodes;
using Betar.Benchmarks.Harness;
using Betar.Interop.Tests.Partner;

namespace Betar.Benchmarks.Libp2p;

/// <summary>One row of the table: what the dialler is asked, what is read from its answer, and what the ratio to js↔js of the same round must be.</summary>
internal sealed record Measure(string Id, string Unit, string Command, Func<string, object> Fields, Func<JsonObject, double> Read, Goal? Ours, Goal? Mixed = null)
{
    private const long BulkBytes = 64L * 1024 * 1024;

    public static IReadOnlyList<Measure> All { get; } =
    [
        new("handshake.p50", "ms", "measureHandshakes", address => new { address, count = 60 }, answer => Percentile(answer, 50), Goal.AtMost(0.4, 0.3)),
        new("ping.p50", "ms", "measurePings", address => new { address, count = 1000 }, answer => Percentile(answer, 50), Goal.AtMost(0.4)),
        new("request.p50", "ms", "measureRequests", address => new { address, count = 3000, parallel = 1 }, answer => Percentile(answer, 50), Goal.AtMost(0.3, 0.2)),
        new("request.p99", "ms", "measureRequests", address => new { address, count = 3000, parallel = 1 }, answer => Percentile(answer, 99), Goal.AtMost(0.15)),
        new("request.32-at-once", "1/s", "measureRequests", address => new { address, count = 2000, parallel = 32 }, answer => answer["perSecond"]!.GetValue<double>(), Goal.AtLeast(4)),
        new("upload", "MiB/s", "measureBulk", address => new { address, up = BulkBytes, down = 0L }, Speed, Goal.AtLeast(1.5, 2), Goal.AtLeast(0.95, 1)),
        new("download", "MiB/s", "measureBulk", address => new { address, up = 0L, down = BulkBytes }, Speed, Goal.AtLeast(1.5, 2), Goal.AtLeast(0.95, 1)),
    ];

    public async Task<double> TakeAsync(PartnerNode dialler, PartnerNode listener) => Read(await dialler.AskAsync(Command, Fields(listener.Address)));

    public Goal? GoalOf(Pairing pairing) => pairing switch
    {
        { WeDial: true, WeListen: true } => Ours,
        { WeDial: false, WeListen: false } => null,
        _ => Mixed,
    };

    private static double Speed(JsonObject answer) => answer["mebibytesPerSecond"]!.GetValue<double>();

    private static double Percentile(JsonObject answer, int percent)
    {
        double[] times = [.. answer["ms"]!.AsArray().Select(value => value!.GetValue<double>()).Order()];
        return times[Math.Min(times.Length - 1, times.Length * percent / 100)];
    }
}
