using Betar.Benchmarks.Harness;
using Betar.Crypto;
using Betar.X402.Networks;

namespace Betar.Benchmarks.X402.Facilitating;

/// <summary>Our facilitator over HTTP on a devnet chain whose file is on the disk, one settling account; beside it HTTP with nothing to do.</summary>
internal static class FacilitatorFigures
{
    public const string Part = "facilitator";

    private const int Settlements = 100_000;
    private const int Checks = 4_000;

    public static async Task AddAsync(BenchContext context)
    {
        PaymentAsset asset = PaymentAsset.BaseSepoliaUsdc;
        using var payer = PrivateKey.Generate();
        var payments = new PaymentBodies(asset, payer);
        int settlements = context.Repetitions(Settlements, 2_000), checks = context.Repetitions(Checks, 200);
        context.Say("starting the facilitator and its chain");
        await using BenchChain chain = await BenchChain.StartAsync(inMemory: false);
        await using FacilitatorPeer ours = await FacilitatorPeer.StartOursAsync(chain.Url, asset);
        await chain.FundAsync(payments.Payer, PaymentBodies.Price * (ulong)(settlements + FacilitatorPeer.Callers));

        byte[][] warm = await payments.MakeAsync(FacilitatorPeer.Callers), same = await payments.MakeAsync(FacilitatorPeer.Callers);
        await ours.RunAsync("settle", warm, Answers.Settled);
        byte[][] verified = [.. Enumerable.Range(0, checks).Select(i => same[i % same.Length])];
        List<double> http = [], rates = [];
        context.Say("/verify");
        for (int round = -1; round < context.RoundCount; round++)
        {
            double alone = await ours.HealthRateAsync(checks);
            FacilitatorRun run = await ours.RunAsync("verify", verified, Answers.Valid);
            if (round < 0)
                continue;
            http.Add(alone);
            rates.Add(run.PerSecond);
        }

        var baseline = new Baseline("/health of the same process", Figure.Median(http));
        context.Add("facilitator.verify", "1/s", rates, baseline: baseline, note: $"over HTTP, {FacilitatorPeer.Callers} callers, chain asked each time");

        context.Say($"/settle of {settlements} payments");
        byte[][] bodies = await payments.MakeAsync(settlements);
        FacilitatorRun settled = await ours.RunAsync("settle", bodies, Answers.Settled);
        string note = $"{settlements} payments over HTTP, {FacilitatorPeer.Callers} callers, one account, chain on the disk; one round";
        context.Add("facilitator.settle", "1/s", [settled.PerSecond], Goal.AtLeast(500), baseline, note);
        context.Add("facilitator.settle.cpu", "µs", [settled.CpuMicroseconds], note: "of the facilitator's process, per payment");
        context.Add("facilitator.nonce-collisions", "count", [chain.Collisions], Goal.AtMost(0), note: $"of {settlements} transactions; the chain's refusals");
    }
}
