using Orleans.Hosting;
using Orleans.TestingHost;

namespace Betar.Cluster.Tests.Workflows;

/// <summary>Puts the test's world under a silo.</summary>
internal sealed class WorkflowSilo : ISiloConfigurator
{
    public const string Property = "WorkflowWorld";

    public void Configure(ISiloBuilder siloBuilder) => WorkflowWorld.Find(siloBuilder.Configuration[Property]!).Register(siloBuilder.Services);
}
