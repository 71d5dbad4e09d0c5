using System.Globalization;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Peering;
using Betar.Tests.Shared;

namespace Betar.Node.Tests.Gateway;

/// <summary>Real hosts, real sockets, real payments; who judges is a js-libp2p peer that knows nothing of silos.</summary>
public sealed class FailoverTests
{
    [Fact]
    public Task Two_kills_and_a_holder_without_renewals_cost_no_order() => KillAsync(kills: 2, perSecond: 20, every: TimeSpan.FromSeconds(2));

    [Fact]
    [Trait("Category", "Long")]
    public Task A_kill_every_ten_seconds_for_two_minutes_under_200_tasks_a_second_costs_no_order() =>
        KillAsync(kills: 12, perSecond: 200, every: TimeSpan.FromSeconds(10));

    [Fact]
    public async Task While_the_host_moves_questions_about_the_network_are_refused_and_then_answered_again()
    {
        await using GatewayWorld world = await GatewayWorld.StartAsync(0);
        ControlHandler peers = world.Node.Presences.Handlers[NetworkControl.Peers];
        string[] agents = [.. world.Node.Network.Market.Market.Own.Select(listing => listing.Id)];
        int killed = world.Node.Presences.Silo, port = world.Ports[killed];
        await world.Node.Silos.KillAsync(killed);
        Assert.Equal(ErrorCatalog.GatewayMoves.Code, (await peers(default, default)).Refusal!.Error.Code);

        await world.AnsweredElsewhereAsync(port, DateTimeOffset.UtcNow);
        Assert.Null((await peers(default, default)).Refusal);
        Assert.Equal(agents, world.Node.Network.Market.Market.Own.Select(listing => listing.Id));
        Assert.All(world.Node.Addresses, address => Assert.EndsWith(world.Node.Identity.PeerId, address.ToString(), StringComparison.Ordinal));
    }

    private static async Task KillAsync(int kills, int perSecond, TimeSpan every)
    {
        await using GatewayWorld world = await GatewayWorld.StartAsync(kills + 2);
        using var stop = new CancellationTokenSource();
        Task<int> buying = world.Buyer.BuyAsync(perSecond, stop.Token);
        List<TimeSpan> silences = [];
        using var beat = new PeriodicTimer(every);
        for (int kill = 0; kill < kills; kill++)
        {
            await beat.WaitForNextTickAsync();
            silences.Add(await world.KillAsync());
        }

        // Renewals hang for the holder alone: it must be silent before another speaks, and then its silo goes.
        int hanging = world.Node.Presences.Silo, port = world.Ports[hanging];
        world.HoldersLeases.Hangs = true;
        TimeSpan hung = await world.AnsweredElsewhereAsync(port, DateTimeOffset.UtcNow);
        await world.Node.Silos.KillAsync(hanging);

        // The store answers late, within what it may: nothing moves. Then a silo goes in good order.
        world.HoldersLeases.Late = TimeSpan.FromMilliseconds(500);
        await beat.WaitForNextTickAsync();
        int stopping = world.Node.Presences.Silo;
        DateTimeOffset stopped = DateTimeOffset.UtcNow;
        await world.Node.Silos.StopAsync(stopping);
        TimeSpan handed = await world.AnsweredElsewhereAsync(world.Ports[stopping], stopped);

        await stop.CancelAsync();
        int orders = await buying;
        await world.HoldsAsync(orders);
        TimeSpan[] sorted = [.. silences.Order()];
        TestNotes.Add(string.Create(CultureInfo.InvariantCulture,
            $"gateway: {orders} paid tasks, {kills} kills, silence p50 {sorted[sorted.Length / 2].TotalSeconds:F2} s, p99 {sorted[^1].TotalSeconds:F2} s; without renewals {hung.TotalSeconds:F2} s, handed over in {handed.TotalSeconds:F2} s; asked again {world.Buyer.Again} times, {world.Buyer.Expired} payments too late"));
        Assert.All(silences, silence => Assert.InRange(silence.TotalSeconds, 0, 5 * Marketplace.UpNode.Slowness));
    }
}
