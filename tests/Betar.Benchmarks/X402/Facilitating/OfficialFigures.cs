using Betar.Benchmarks.Harness;
using Betar.Crypto;
using Betar.X402.Networks;

namespace Betar.Benchmarks.X402.Facilitating;

/// <summary>
/// Our facilitator and the official one, the same client and the same payments, round by round. Each settles on a chain of its own of the same
/// kind, in memory, in the client's process, which answers a transaction with its receipt: neither waits for a poll.
/// </summary>
internal static class OfficialFigures
{
    public const string Part = "official";

    private const int Checks = 1_000;
    private const int Settlements = 500;

    public static async Task AddAsync(BenchContext context)
    {
        PaymentAsset asset = PaymentAsset.BaseSepoliaUsdc;
        using var payer = PrivateKey.Generate();
        var payments = new PaymentBodies(asset, payer);
        int settlements = context.Repetitions(Settlements, 100), checks = context.Repetitions(Checks, 100);
        context.Say("starting both facilitators and their chains");
        await using BenchChain ourChain = await BenchChain.StartAsync(inMemory: true), theirChain = await BenchChain.StartAsync(inMemory: true);
        await using FacilitatorPeer ours = await FacilitatorPeer.StartOursAsync(ourChain.Url, asset);
        await using FacilitatorPeer theirs = await FacilitatorPeer.StartOfficialAsync(theirChain.Url, asset);
        foreach (BenchChain chain in new[] { ourChain, theirChain })
            await chain.FundAsync(payments.Payer, PaymentBodies.Price * (ulong)(settlements * (context.RoundCount + 1)));
        string versions = await theirs.VersionsAsync();

        byte[][] bodies = await payments.MakeAsync(checks);
        await CompareAsync(context, "verify", Goal.AtLeast(5), versions, ours, theirs, Answers.Valid, () => Task.FromResult(bodies));
        await CompareAsync(context, "settle", Goal.AtLeast(3), versions, ours, theirs, Answers.Settled, () => payments.MakeAsync(settlements));
    }

    private static async Task CompareAsync(
        BenchContext context, string path, Goal goal, string versions, FacilitatorPeer ours, FacilitatorPeer theirs, string expected, Func<Task<byte[][]>> make)
    {
        List<FacilitatorRun> our = [], their = [];
        context.Say($"/{path} of both facilitators");
        for (int round = -1; round < context.RoundCount; round++)
        {
            byte[][] bodies = await make();
            FacilitatorRun first = await ours.RunAsync(path, bodies, expected), second = await theirs.RunAsync(path, bodies, expected);
            if (round < 0)
                continue;
            our.Add(first);
            their.Add(second);
        }

        double rate = Figure.Median([.. their.Select(run => run.PerSecond)]), cpu = Figure.Median([.. their.Select(run => run.CpuMicroseconds)]);
        string note = $"{versions}; over HTTP, {FacilitatorPeer.Callers} callers";
        context.Add($"official.{path}", "1/s", [.. our.Select(run => run.PerSecond)], baseline: new Baseline("official", rate), note: note);
        context.Add($"official.{path}.ratio", "× official", [.. our.Zip(their, (mine, other) => mine.PerSecond / other.PerSecond)], goal, note: note);
        context.Add(
            $"official.{path}.cpu", "µs", [.. our.Select(run => run.CpuMicroseconds)], baseline: new Baseline("official", cpu),
            note: "of the facilitator's process, per payment; the chain's is not in it");
    }
}
