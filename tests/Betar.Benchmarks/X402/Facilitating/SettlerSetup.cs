using Betar.Benchmarks.Grains;
using Betar.Grains.Hosting;
using Betar.Grains.Settlement;
using Betar.Ethereum;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Betar.Benchmarks.X402.Facilitating;

/// <summary>A silo of settlers over one chain.</summary>
public sealed class SettlerSetup : ISiloConfigurator
{
    /// <summary>The only silo of its process.</summary>
    internal static (IChainClient Chain, SettlementAccounts Accounts) World { get; set; }

    public void Configure(ISiloBuilder siloBuilder)
    {
        new QuietSetup().Configure(siloBuilder);
        siloBuilder.Services.AddSingleton(TimeProvider.System);
        siloBuilder.Services.AddSingleton(World.Chain);
        siloBuilder.Services.AddSingleton(World.Accounts);
        siloBuilder.Services.AddSingleton<IGasFees>(new FreeGas());
        siloBuilder.Services.AddBetarSettlement();
    }
}
