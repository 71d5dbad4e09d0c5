using Microsoft.Extensions.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Betar.Cluster.Tests.Support;

/// <summary>Finds the test's world by the id in the cluster's properties and puts it under a silo.</summary>
internal sealed class WorldSilo : ISiloConfigurator
{
    public const string Property = "World";

    public void Configure(ISiloBuilder siloBuilder) => World.Find(siloBuilder.Configuration[Property]!).Register(siloBuilder.Services);
}
