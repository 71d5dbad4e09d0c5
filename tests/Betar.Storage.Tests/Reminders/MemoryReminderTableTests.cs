using Betar.Storage.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.TestingHost;

namespace Betar.Storage.Tests.Reminders;

public sealed class MemoryReminderTableTests : ReminderTableSuite
{
    private readonly TestCluster cluster = new TestClusterBuilder(1).AddSiloBuilderConfigurator<MemorySilo>().Build();

    protected override IReminderTable Table => cluster.GetSiloServiceProvider().GetRequiredService<IReminderTable>();

    public override Task InitializeAsync() => cluster.DeployAsync();

    public override async Task DisposeAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }
}
