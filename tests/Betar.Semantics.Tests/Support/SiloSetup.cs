using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;

namespace Betar.Semantics.Tests.Support;

/// <summary>What every silo of the suite has.</summary>
public sealed class SiloSetup : ISiloConfigurator
{
    public void Configure(ISiloBuilder siloBuilder)
    {
        siloBuilder.AddMemoryGrainStorageAsDefault();
        siloBuilder.AddMemoryGrainStorage("other");
        siloBuilder.Services.AddKeyedSingleton<IGrainStorage>("shared", (_, _) => SharedStorage.Instance);
        siloBuilder.AddReminders();
        siloBuilder.Services.AddSingleton<IReminderTable>(services =>
            SharedReminders.Of(services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId));
        siloBuilder.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(1));
        siloBuilder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Critical));
    }
}
