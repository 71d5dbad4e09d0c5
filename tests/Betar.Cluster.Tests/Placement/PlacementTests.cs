using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Payments;
using Betar.X402;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Betar.Cluster.Tests.Placement;

/// <summary>A payment is worked on where its stream came in; the agents' work is spread.</summary>
public sealed class PlacementTests
{
    private const int Each = 20;

    [Fact]
    public async Task A_payments_session_is_on_the_silo_that_calls_it()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo(), new WorldOptions { Silos = 3 });
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        foreach (SiloHandle silo in world.Cluster.Silos)
        {
            for (int i = 0; i < Each; i++)
            {
                PaymentKey unpaid = buyer.KeyOf(await buyer.SignAsync());
                var session = FactoryOf(world, silo).GetGrain<IPaymentSessionGrain>(unpaid.ToString());
                await session.Resume();
                Assert.Equal(silo.SiloAddress, await WhereAsync(world, session));
            }
        }
    }

    [Fact]
    public async Task Agents_are_spread_over_all_silos_whoever_calls_them()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo(), new WorldOptions { Silos = 3 });
        await using World __ = world;
        HashSet<SiloAddress?> silos = [];
        for (int i = 0; i < 3 * Each; i++)
        {
            var agent = FactoryOf(world, world.Cluster.Primary!).GetGrain<IAgentGrain>($"did:test:{i}");
            await agent.GetStatus();
            silos.Add(await WhereAsync(world, agent));
        }

        Assert.Equal(3, silos.Count);
    }

    private static IGrainFactory FactoryOf(World world, SiloHandle silo) => world.Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<IGrainFactory>();

    private static async Task<SiloAddress?> WhereAsync(World world, IAddressable grain) => await world.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
}
