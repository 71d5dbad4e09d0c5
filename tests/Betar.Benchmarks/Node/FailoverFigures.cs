using System.Diagnostics;
using Betar.Benchmarks.Harness;
using Betar.Benchmarks.X402;
using Betar.Libp2p;

namespace Betar.Benchmarks.Node;

/// <summary>Three silos; the one with the host is killed: how long until a task is answered again, by the same peer at the same address.</summary>
internal static class FailoverFigures
{
    public const string Part = "failover";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static async Task AddAsync(BenchContext context)
    {
        await using FleetNode fleet = await FleetNode.StartAsync(1, silos: 3);
        await using Libp2pHost host = Libp2pHost.CreateBuilder().Build();
        await host.StartAsync();
        var buyer = new FreeTaskBuyer(host, fleet.Node.Addresses[0], fleet.IdOf(0));
        await buyer.AskAsync();
        List<double> silences = [];
        context.Say("killing the silo with the host");
        for (int round = 0; round < context.RoundCount; round++)
        {
            int silo = fleet.Node.Presences.Silo;
            long killed = Stopwatch.GetTimestamp();
            await fleet.Node.Silos.KillAsync(silo);
            while (await buyer.TryAskAsync() is { } reason)
            {
                if (Stopwatch.GetElapsedTime(killed) > s_patience)
                    throw new InvalidOperationException($"Nobody took over: {reason}");
                await Task.Delay(s_pause, TimeProvider.System);
            }
            silences.Add(Stopwatch.GetElapsedTime(killed).TotalSeconds);
            await fleet.Node.Silos.StartAnotherAsync(CancellationToken.None);
        }
        context.Add("failover", "s", silences, Goal.AtMost(5), note: "from the kill to the next task that is answered; three silos, default lease");
    }
}
