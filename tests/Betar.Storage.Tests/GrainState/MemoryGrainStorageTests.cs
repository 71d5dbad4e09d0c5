using Betar.Storage.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Betar.Storage.Tests.GrainState;

public sealed class MemoryGrainStorageTests : GrainStorageSuite
{
    private readonly TestCluster cluster = new TestClusterBuilder(1).AddSiloBuilderConfigurator<MemorySilo>().Build();

    protected override IGrainStorage Storage => Get("one");

    protected override IGrainStorage OtherStorage => Get("two");

    public override Task InitializeAsync() => cluster.DeployAsync();

    public override async Task DisposeAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }

    private IGrainStorage Get(string name) => cluster.GetSiloServiceProvider().GetRequiredKeyedService<IGrainStorage>(name);
}
