using Microsoft.Extensions.DependencyInjection;

namespace Betar.Semantics.Tests.Hosting;

/// <summary>Notes every stage of a silo's life in the scene "hosting" followed by the silo's name.</summary>
public sealed class HostingSetup : ISiloConfigurator
{
    public void Configure(ISiloBuilder siloBuilder)
    {
        new SiloSetup().Configure(siloBuilder);
        siloBuilder.ConfigureServices(services => services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, NotingParticipant>());
        siloBuilder.AddStartupTask((services, _) =>
        {
            HostingScene.Of(services).Note("startup task");
            return Task.CompletedTask;
        });
        siloBuilder.AddStartupTask<CallingStartupTask>();
        siloBuilder.AddStartupTask(
            (services, _) =>
            {
                HostingScene.Of(services).Note("early startup task");
                return Task.CompletedTask;
            },
            ServiceLifecycleStage.ApplicationServices);
    }
}
