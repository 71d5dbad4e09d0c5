using System.Collections.Concurrent;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Betar.Storage.Tests.Hosting;

/// <summary>Silos of one test share its database, as the silos of one process do.</summary>
public sealed class BetarSilo : ISiloConfigurator
{
    public const string Setting = "betar:database";

    public static ConcurrentDictionary<string, BetarDatabase> Databases { get; } = new();

    public void Configure(ISiloBuilder siloBuilder)
    {
        var database = Databases[siloBuilder.Configuration[Setting]!];
        siloBuilder.AddBetarStorage("betar", database).AddBetarStorageAsDefault(database);
    }
}
