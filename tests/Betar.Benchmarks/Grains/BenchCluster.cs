using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Betar.Benchmarks.Grains;

/// <summary>Clusters of in-process silos that log nothing.</summary>
internal static class BenchCluster
{
    public static async Task<TestCluster> DeployAsync<TSetup>(short silos)
        where TSetup : ISiloConfigurator, new()
    {
        var builder = new TestClusterBuilder(silos);
        builder.AddSiloBuilderConfigurator<TSetup>();
        TestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    /// <summary>Grains of the wanted silo, as many as asked for; placement is random, so keys are tried in turn.</summary>
    public static async Task<TGrain[]> GrainsOnAsync<TGrain>(TestCluster cluster, SiloAddress silo, int count)
        where TGrain : IGrainWithIntegerKey, IPlacedGrain
    {
        var found = new List<TGrain>();
        for (long key = 0; found.Count < count; key++)
        {
            TGrain grain = cluster.GrainFactory.GetGrain<TGrain>(key);
            if (silo.Equals(await grain.Silo()))
                found.Add(grain);
        }

        return [.. found];
    }
}
