using Betar.X402.Facilitating;
using Betar.X402.Http.Facilitating;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Facilitating;

/// <summary>The facilitator's endpoints on HTTP. When it is closed, what was begun gets its answer first.</summary>
internal sealed class FacilitatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FacilitatorServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public static async Task<FacilitatorServer> StartAsync(
        IFacilitator facilitator, FacilitatorSettings settings, FacilitatorEndpointOptions options, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainTime);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // The endpoints say "too long" in their own words; this is for what they do not read.
            kestrel.Limits.MaxRequestBodySize = 2L * options.Limits.MaxBodyLength;
            kestrel.Listen(settings.Listen);
        });
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        app.UseRouting();
        app.MapFacilitator(facilitator, options);
        try
        {
            await app.StartAsync(cancellationToken);
            return new FacilitatorServer(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
