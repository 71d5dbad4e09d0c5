using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Betar.Node.Hosting;

/// <summary>Kestrel with one handler and nothing else: no host, no pipeline, no configuration. It starts in a few milliseconds.</summary>
internal sealed class LocalServer : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private readonly KestrelServer server;
    private readonly RequestDelegate handler;

    private readonly TimeSpan drain;

    private LocalServer(Action<KestrelServerOptions> configure, RequestDelegate handler, TimeSpan drain)
    {
        this.handler = handler;
        this.drain = drain;
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        configure(options);
        server = new KestrelServer(Options.Create(options),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary>The addresses that it listens on, with the port that the system gave.</summary>
    public IReadOnlyList<string> Addresses => [.. server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    public static Task<LocalServer> StartAsync(IPEndPoint endPoint, long largestBody, RequestDelegate handler, CancellationToken cancellation) =>
        StartAsync(options => options.Listen(endPoint), largestBody, handler, cancellation);

    public static Task<LocalServer> StartAsync(string socketPath, long largestBody, RequestDelegate handler, CancellationToken cancellation) =>
        StartAsync(options => options.ListenUnixSocket(socketPath), largestBody, handler, cancellation);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => handler(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource();
        if (drain != Timeout.InfiniteTimeSpan)
            limit.CancelAfter(drain);
        await server.StopAsync(limit.Token);
        server.Dispose();
    }

    /// <param name="listen">Says where, and what else is particular.</param>
    /// <param name="largestBody">In bytes.</param>
    /// <param name="handler">Answers everything.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <param name="drain">How long requests under way may go on when it is closed; null: as long as they want.</param>
    public static async Task<LocalServer> StartAsync(Action<KestrelServerOptions> listen, long largestBody, RequestDelegate handler,
        CancellationToken cancellation, TimeSpan? drain = null)
    {
        var local = new LocalServer(
            options =>
            {
                options.Limits.MaxRequestBodySize = largestBody;
                listen(options);
            },
            handler, drain ?? Timeout.InfiniteTimeSpan);
        try
        {
            await local.server.StartAsync(local, cancellation);
        }
        catch
        {
            local.server.Dispose();
            throw;
        }

        return local;
    }
}
