using Microsoft.Extensions.Hosting;

namespace Betar.Node.Http.Selling;

/// <summary>A hosted service without a host: it runs until it is disposed.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly BackgroundService _service;

    private RunningService(BackgroundService service) => _service = service;

    public static async Task<RunningService> StartAsync(BackgroundService service, CancellationToken cancellationToken)
    {
        await service.StartAsync(cancellationToken);
        return new RunningService(service);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        _service.Dispose();
    }
}
