using Orleans.Configuration;

namespace Betar.Semantics.Tests.Chaos;

/// <summary>Silos with a short time-out.</summary>
public sealed class ChaosSetup : ISiloConfigurator
{
    public void Configure(ISiloBuilder siloBuilder)
    {
        new SiloSetup().Configure(siloBuilder);
        siloBuilder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
    }
}
