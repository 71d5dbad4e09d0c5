using Betar.Orleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Runtime;

public sealed class CatalogTests
{
    [Fact]
    public void Two_that_make_one_target_at_the_same_moment_get_the_same() => With((catalog, clock) =>
    {
        var id = GrainId.Create("probe", "a");
        ICallTarget? other = null;
        clock.Meddle = () => other = catalog.GetOrCreate(id);
        var target = catalog.GetOrCreate(id);
        Assert.NotNull(other);
        Assert.Same(other, target);
        Assert.Same(other, catalog.GetOrCreate(id));
        Assert.Single(catalog.All());
    });

    [Fact]
    public void An_activation_that_is_no_longer_listed_does_not_take_its_successor_with_it() => With((catalog, _) =>
    {
        var id = GrainId.Create("probe", "a");
        var first = (Activation)catalog.GetOrCreate(id);
        catalog.Remove(first);
        var second = catalog.GetOrCreate(id);
        Assert.NotSame(first, second);
        catalog.Remove(first);
        Assert.Same(second, catalog.GetOrCreate(id));
    });

    private static void With(Action<Catalog, MeddlingClock> body)
    {
        MeddlingClock? clock = null;
        Sim.Run(
            1,
            sim =>
            {
                body(sim.Cluster.ServicesOf(sim.Cluster.Silos[0]).GetRequiredService<Silo>().Catalog, clock!);
                return Task.CompletedTask;
            },
            silo => silo.Services.AddSingleton<TimeProvider>(services => clock = new(((Simulation)services.GetRequiredService<IEngineScheduler>()).Time)));
    }
}
