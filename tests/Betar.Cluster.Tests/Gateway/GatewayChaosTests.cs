using Betar.Tests.Shared;

namespace Betar.Cluster.Tests.Gateway;

/// <summary>All that can go wrong, in any order and together: never two hosts at once, and one again as soon as things are well.</summary>
public sealed class GatewayChaosTests
{
    [Fact]
    public void Whatever_goes_wrong_two_hosts_never_speak_at_once() => Wander(TestSeed.Value, 40);

    [Fact]
    [Trait("Category", "Long")]
    public void Nor_over_thousands_of_seeds() => Wander(TestSeed.Value + 1_000, 2_000);

    private static void Wander(int from, int seeds)
    {
        for (int seed = from; seed < from + seeds; seed++)
        {
            var random = new Random(seed);
            GatewayFleet.Run(1 + random.Next(3), async fleet =>
            {
                for (int step = 0; step < 25; step++)
                {
                    await DoAsync(fleet, random);
                    await fleet.PassAsync(TimeSpan.FromMilliseconds(random.Next(3_000)));
                }

                foreach (FleetSilo silo in fleet.Silos)
                    silo.GoOn();
                await fleet.OpensAsync();
            }, seed);
        }
    }

    private static async Task DoAsync(GatewayFleet fleet, Random random)
    {
        FleetSilo silo = fleet.Holder is { } holder && random.Next(2) == 0 ? holder : fleet.Silos[random.Next(fleet.Silos.Count)];
        switch (random.Next(9))
        {
            case 0 when fleet.Silos.Count > 1:
                fleet.Kill(silo);
                break;
            case 1 when fleet.Silos.Count > 1:
                silo.GoOn();
                await fleet.StopAsync(silo);
                break;
            case 2 or 3 when fleet.Silos.Count < 4:
                await fleet.StartSiloAsync();
                break;
            case 4:
                silo.Store.Hang();
                break;
            case 5:
                silo.Store.Late = TimeSpan.FromMilliseconds(random.Next(5_000));
                break;
            case 6:
                silo.Clock.Stall();
                break;
            case 7:
                silo.Store.Fault = new IOException("The store does not answer.");
                break;
            default:
                silo.GoOn();
                break;
        }
    }
}
