using Orleans.Hosting;

namespace Betar.Storage;

/// <summary>Puts a database behind a silo's grains: grain storage, reminders, the ledger.</summary>
public static class BetarStorageSiloBuilderExtensions
{
    /// <summary>Grain storage for <c>[PersistentState("…", name)]</c>, and reminders that survive a restart.</summary>
    public static ISiloBuilder AddBetarStorage(this ISiloBuilder builder, string name, BetarDatabase database)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddBetarStorage(name, database);
        return builder.AddReminders();
    }

    /// <summary>The same for states that name no provider.</summary>
    public static ISiloBuilder AddBetarStorageAsDefault(this ISiloBuilder builder, BetarDatabase database)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddBetarStorageAsDefault(database);
        return builder.AddReminders();
    }
}
