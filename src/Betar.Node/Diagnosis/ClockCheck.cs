using System.Runtime.CompilerServices;
using Betar.Ethereum;
using Betar.Node.Cli;
using Betar.Node.Devnet;

namespace Betar.Node.Diagnosis;

/// <summary>Payments carry times: a clock that is off refuses good ones.</summary>
internal sealed class ClockCheck : IDoctorCheck
{
    private const int Samples = 1000;

    /// <summary>Quotes live a minute; a tenth of that is ours to be off.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(6);

    private static readonly DateTimeOffset Earliest = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async IAsyncEnumerable<Finding> LookAsync(CommandContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = context.Time.GetUtcNow();
        if (now < Earliest)
        {
            yield return Finding.Wrong("clock", $"the clock says {now:u}", "set the clock, for instance with timedatectl set-ntp true");
            yield break;
        }

        yield return IsMonotonic(context.Time)
            ? Finding.Ok("clock", $"{now:u}, steady")
            : Finding.Wrong("clock", "the clock runs backwards", "look at the machine's time service");
        if (DevnetInfo.Read(context.Data) is { } devnet)
            yield return await CompareAsync(devnet, context.Time, cancellation);
    }

    private static bool IsMonotonic(TimeProvider time)
    {
        var last = time.GetTimestamp();
        for (var i = 0; i < Samples; i++)
        {
            var next = time.GetTimestamp();
            if (next < last)
                return false;
            last = next;
        }

        return true;
    }

    private static async Task<Finding> CompareAsync(DevnetInfo devnet, TimeProvider time, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var client = new JsonRpcChainClient(http, devnet.Url);
        var stamp = await client.GetBlockTimestampAsync(cancellation);
        var ahead = DateTimeOffset.FromUnixTimeSeconds((long)stamp) - time.GetUtcNow();
        return ahead <= Tolerance
            ? Finding.Ok("chain clock", $"the devnet (process {devnet.ProcessId}) is not ahead of this machine")
            : Finding.Wrong("chain clock", $"the devnet is {ahead.TotalSeconds:0} s ahead of this machine",
                "set the clock; the chain's time never goes back");
    }
}
