using System.Globalization;
using System.Threading.RateLimiting;
using Betar.X402.Facilitating;
using Betar.X402.Http.Facilitating;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Facilitating;

/// <summary>The facilitator's endpoints on HTTP, so many requests of one address in a minute.</summary>
internal sealed class FacilitatorServer : IAsyncDisposable
{
    private const long LargestBody = 1024 * 1024;

    private readonly WebApplication _app;

    private FacilitatorServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public static async Task<FacilitatorServer> StartAsync(IFacilitator facilitator, FacilitatorSettings settings, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(settings.Listen);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddRateLimiter(limits => Limit(limits, settings.PerMinute));
        WebApplication app = builder.Build();
        app.UseRateLimiter();
        app.UseRouting();
        app.MapFacilitator(facilitator);
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

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Limit(RateLimiterOptions limits, int perMinute)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, _) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan pause))
                rejected.HttpContext.Response.Headers.RetryAfter = ((int)pause.TotalSeconds + 1).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1),
            }));
    }
}
