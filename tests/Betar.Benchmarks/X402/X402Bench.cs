using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.X402;

/// <summary>The payment check alone, and the whole paid task between three processes: buyer here, seller, chain.</summary>
internal sealed class X402Bench : IBench
{
    public string Name => "x402";

    public string Summary => "payment check against raw recovery; the paid task from quote to delivery";

    public async Task RunAsync(BenchContext context)
    {
        await VerificationFigures.AddAsync(context);
        await using PaidTaskWorld world = await PaidTaskWorld.StartAsync(context);
        await PaidTaskFigures.AddAsync(context, world);
    }
}
