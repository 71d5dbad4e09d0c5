using Orleans.Configuration;

namespace Betar.Semantics.Tests.Lifetime;

public sealed class IdleSetup : ISiloConfigurator
{
    public void Configure(ISiloBuilder siloBuilder)
    {
        new SiloSetup().Configure(siloBuilder);
        siloBuilder.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromMilliseconds(100);
            options.CollectionAge = TimeSpan.FromMilliseconds(500);
            options.ClassSpecificCollectionAge[typeof(LongAgeGrain).FullName!] = TimeSpan.FromHours(1);
        });
    }
}
