using Betar.X402.Http.Facilitating;

namespace Betar.Node.Facilitating;

/// <summary>A catalogue that is read at the start and written at intervals and at the end.</summary>
internal sealed class KeptCatalog : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    private readonly CatalogFile _file;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writing;

    public KeptCatalog(CatalogFile file, CatalogOptions options, TimeProvider time)
    {
        (_file, Catalog) = (file, new MemoryCatalog(options, time));
        file.Load(Catalog);
        _writing = WriteAsync(time);
    }

    public MemoryCatalog Catalog { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _writing;
        await _file.SaveAsync(Catalog);
        _stop.Dispose();
    }

    private async Task WriteAsync(TimeProvider time)
    {
        using var interval = new PeriodicTimer(s_interval, time);
        try
        {
            while (await interval.WaitForNextTickAsync(_stop.Token))
                await _file.SaveAsync(Catalog);
        }
        catch (OperationCanceledException)
        {
            // The last writing is the caller's.
        }
    }
}
