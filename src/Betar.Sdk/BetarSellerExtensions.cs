using Betar.Sdk.Selling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Betar.Sdk;

/// <summary>Sells the work of a program's own handlers.</summary>
public static class BetarSellerExtensions
{
    /// <summary>Adds a seller to a console or ASP.NET Core program; it starts and stops with the program's host.</summary>
    /// <example><code>builder.AddBetarSeller().Map("shout", "0.001", (work, _) => ValueTask.FromResult&lt;AgentAnswer&gt;(work.Input.ToUpperInvariant()));</code></example>
    public static BetarSellerBuilder AddBetarSeller(this IHostApplicationBuilder builder, Action<BetarSellerOptions>? configure = null)
    {
        var agents = new BetarSellerBuilder();
        builder.Services.AddOptions<BetarSellerOptions>().Configure(options => configure?.Invoke(options));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(agents);
        builder.Services.AddSingleton<BetarSeller>();
        builder.Services.AddHostedService<BetarSellerService>();
        return agents;
    }
}
