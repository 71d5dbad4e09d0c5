using Orleans.Hosting;
using Orleans.TestingHost;

namespace Betar.Storage.Tests.Hosting;

/// <summary>The engine's own providers in memory, for the suites.</summary>
public sealed class MemorySilo : ISiloConfigurator
{
    public void Configure(ISiloBuilder siloBuilder) => siloBuilder.AddMemoryGrainStorage("one").AddMemoryGrainStorage("two").UseInMemoryReminderService();
}
