using Betar.Grains.Abstractions.Gateway;
using Betar.Storage.Leases;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Gateway;

/// <summary>The lease of the fleet's presence, as one silo asks for it. Nobody waits for a store that does not answer.</summary>
internal sealed partial class GatewayLease(ILeaseStore store, string holder, GatewayOptions options, TimeProvider time, ILogger log)
{
    public const string Name = IGatewayGrain.Key;

    /// <summary>True when the store counts by this silo's own steady clock.</summary>
    public bool IsOneClock => ReferenceEquals(store.Clock, time);

    /// <exception cref="Exception">The store did not answer in time, or not at all.</exception>
    public async Task<LeaseAnswer> AskAsync(CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<LeaseAnswer> asking = store.AcquireAsync(Name, holder, options.Lease, late.Token).AsTask();
        try
        {
            return await asking.WaitAsync(options.StopAfter, time, cancellationToken);
        }
        catch
        {
            _ = GiveBackAsync(asking);
            Cancel(late);
            throw;
        }
    }

    /// <summary>Ends with the term, whatever the store says later.</summary>
    public Task<LeaseAnswer> RenewAsync(PresenceTerm term) =>
        store.RenewAsync(Name, holder, term.Epoch, options.Lease, term.Over).AsTask().WaitAsync(term.Over);

    /// <summary>Only a courtesy, so that nobody has to wait for the end of the lease.</summary>
    public async Task ReleaseAsync(PresenceTerm term)
    {
        try
        {
            await store.ReleaseAsync(Name, holder, term.Epoch, CancellationToken.None).AsTask().WaitAsync(options.CloseWithin, time);
        }
        catch (Exception fault)
        {
            LogNotReleased(log, fault, term.Epoch);
        }
    }

    /// <summary>What is granted after nobody waited for it any more is of no use to this silo, and must not keep the others waiting.</summary>
    private async Task GiveBackAsync(Task<LeaseAnswer> late)
    {
        try
        {
            if (await late is { Granted: true } answer)
                await store.ReleaseAsync(Name, holder, answer.Epoch, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // It was taken back before the store came to it.
        }
        catch (Exception fault)
        {
            LogNotGivenBack(log, fault);
        }
    }

    // Not asynchronously: what hangs on it ends here and now, on whatever scheduler this is.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of the gateway's term {Epoch} could not be given back; it ends by itself.")]
    private static partial void LogNotReleased(ILogger logger, Exception fault, long epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the store granted too late could not be given back; it ends by itself.")]
    private static partial void LogNotGivenBack(ILogger logger, Exception fault);
}
