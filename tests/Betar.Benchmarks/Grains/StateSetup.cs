using Betar.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Betar.Benchmarks.Grains;

/// <summary>A silo whose grain state lies in SQLite.</summary>
public sealed class StateSetup : ISiloConfigurator
{
    public const string Provider = "bench";

    /// <summary>The open database; all silos of the bench are in this process.</summary>
    internal static BetarDatabase? Database { get; set; }

    public void Configure(ISiloBuilder siloBuilder)
    {
        new QuietSetup().Configure(siloBuilder);
        siloBuilder.Services.AddBetarStorage(Provider, Database!);
    }
}
