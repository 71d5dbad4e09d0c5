using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Betar.Benchmarks.Grains;

/// <summary>A silo as it comes, without a log.</summary>
public sealed class QuietSetup : ISiloConfigurator
{
    public void Configure(ISiloBuilder siloBuilder) =>
        siloBuilder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Critical));
}
