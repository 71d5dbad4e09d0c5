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

    private LocalServer(Action<KestrelServerOptions> configure, RequestDelegate handler)
    {
        this.handler = handler;
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
        await server.StopAsync(CancellationToken.None);
        server.Dispose();
    }

    private static async Task<LocalServer> StartAsync(Action<KestrelServerOptions> listen, long largestBody, RequestDelegate handler,
        CancellationToken cancellation)
    {
        var local = new LocalServer(
            options =>
            {
                options.Limits.MaxRequestBodySize = largestBody;
                listen(options);
            },
            handler);
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
