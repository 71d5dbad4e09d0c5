using Betar.Node.Hosting;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http;

/// <summary>The node's HTTP interface while it runs. Streams are ended first when it is closed; other requests get time to end by themselves.</summary>
internal sealed class HttpApi : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping;
    private readonly LocalServer _server;

    private HttpApi(LocalServer server, CancellationTokenSource stopping) => (_server, _stopping) = (server, stopping);

    public Uri Url => new(_server.Addresses[0]);

    public static async Task<HttpApi> StartAsync(HttpSettings settings, Func<CancellationToken, RequestDelegate> pipeline, CancellationToken cancellationToken)
    {
        var stopping = new CancellationTokenSource();
        try
        {
            LocalServer server = await LocalServer.StartAsync(
                kestrel =>
                {
                    kestrel.Limits.MaxConcurrentConnections = settings.Limits.MaxConnections;
                    kestrel.Listen(settings.Listen, listen => settings.Certificates?.Guard(listen));
                },
                settings.Limits.MaxBody, pipeline(stopping.Token), cancellationToken, settings.Limits.DrainTime);
            return new HttpApi(server, stopping);
        }
        catch
        {
            stopping.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _server.DisposeAsync();
        _stopping.Dispose();
    }
}
