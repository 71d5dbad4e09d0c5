using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Betar.Grains.Pieces;

/// <summary>Hears pieces of an answer from a grain while somebody waits for the answer itself. What goes wrong with them costs nothing but them.</summary>
internal sealed partial class HeardPieces : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly IAsyncEnumerator<string> _pieces;
    private readonly Func<string, ValueTask> _listener;
    private readonly ILogger _log;
    private Task _hearing = Task.CompletedTask;

    private HeardPieces(Func<CancellationToken, IAsyncEnumerable<string>> listen, Func<string, ValueTask> listener, ILogger log)
    {
        (_listener, _log) = (listener, log);

        // One piece at a time: a reader that is slow leaves them where they are bounded.
        _pieces = listen(_over.Token).WithBatchSize(1).GetAsyncEnumerator(_over.Token);
    }

    /// <summary>Returns when the grain listens, or when there is nothing to hear.</summary>
    public static async Task<HeardPieces> BeginAsync(
        Func<CancellationToken, IAsyncEnumerable<string>> listen, Func<string, ValueTask> listener, ILogger log)
    {
        var heard = new HeardPieces(listen, listener, log);
        if (await heard.NextAsync())
            heard._hearing = heard.HearAsync();
        return heard;
    }

    /// <summary>From here on nothing is handed on any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _hearing;
        try
        {
            await _pieces.DisposeAsync();
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            LogLost(_log, lost);
        }
        _over.Dispose();
    }

    private async Task HearAsync()
    {
        while (await NextAsync())
            await _listener(_pieces.Current);
    }

    private async Task<bool> NextAsync()
    {
        try
        {
            return await _pieces.MoveNextAsync() && !_over.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            LogLost(_log, lost);
            return false;
        }
    }

    private static bool IsLoss(Exception fault) =>
        fault is OrleansException or TimeoutException or EnumerationAbortedException or OperationCanceledException;

    [LoggerMessage(Level = LogLevel.Information, Message = "Pieces of an answer were lost; the answer itself is not affected.")]
    private static partial void LogLost(ILogger logger, Exception fault);
}
