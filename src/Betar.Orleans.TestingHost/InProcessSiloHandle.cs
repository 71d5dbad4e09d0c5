using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>One silo of a test cluster, in this process.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private bool _stopped;

    public IHost SiloHost { get; init; } = null!;

    public IServiceProvider ServiceProvider => SiloHost.Services;

    public override bool IsActive => !_stopped;

    public override async Task StopSiloAsync(bool stopGracefully)
    {
        if (_stopped)
            return;
        if (stopGracefully)
        {
            await StopSiloAsync(CancellationToken.None);
            return;
        }

        _stopped = true;
        ServiceProvider.GetRequiredService<Silo>().Kill();
        await DisposeHostAsync();
    }

    public override async Task StopSiloAsync(CancellationToken ct)
    {
        if (_stopped)
            return;
        _stopped = true;
        try
        {
            await SiloHost.StopAsync(ct);
        }
        finally
        {
            await DisposeHostAsync();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await StopSiloAsync(stopGracefully: true);
        GC.SuppressFinalize(this);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_stopped)
        {
            _stopped = true;
            SiloHost.Dispose();
        }

        base.Dispose(disposing);
    }

    private ValueTask DisposeHostAsync() => ((IAsyncDisposable)SiloHost).DisposeAsync();
}
