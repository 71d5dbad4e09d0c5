using Betar.Storage.GrainState;
using Betar.Storage.Reminders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Providers;
using Orleans.Serialization;
using Orleans.Storage;

namespace Betar.Storage;

/// <summary>Puts a database behind a silo's grains. The database stays its opener's: several silos may share one, and nobody here disposes it.</summary>
public static class BetarStorageServiceCollectionExtensions
{
    /// <summary>Grain storage for <c>[PersistentState("…", name)]</c>; also the reminder table, the ledger, the session log and the database itself.</summary>
    public static IServiceCollection AddBetarStorage(this IServiceCollection services, string name, BetarDatabase database)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(database);
        services.AddKeyedSingleton<IGrainStorage>(name,
            (provider, key) => new SqliteGrainStorage((string)key!, database, provider.GetRequiredService<Serializer>()));
        services.TryAddSingleton<IReminderTable>(new SqliteReminderTable(database));
        services.TryAddSingleton(database);
        services.TryAddSingleton(database.Ledger);
        services.TryAddSingleton(database.Sessions);
        services.TryAddSingleton(database.Leases);
        services.TryAddSingleton(database.MarketOrders);
        return services;
    }

    /// <summary>The same for states that name no provider.</summary>
    public static IServiceCollection AddBetarStorageAsDefault(this IServiceCollection services, BetarDatabase database)
    {
        services.AddBetarStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, database);
        services.TryAddSingleton(provider =>
            provider.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        return services;
    }
}
