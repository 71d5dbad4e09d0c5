using Betar.Grains.Abstractions.Payments;
using Betar.Storage.Ledger;
using Betar.X402;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Payments;

/// <summary>
/// Drives every order that the ledger shows open to its end: all of them when a silo starts, later those that were open at two
/// looks in a row, so that a sale under way is left alone. What cannot go on now is tried again after longer and longer pauses.
/// </summary>
internal sealed partial class OrderRecovery(
    ILedger ledger, IGrainFactory grains, IOptions<PaymentOptions> options, TimeProvider time, ILogger<OrderRecovery> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RetryPlan _retries = new(time, options.Value.RecoveryInterval, options.Value.RetryCeiling);
    private Task _loop = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(OrderRecovery), ServiceLifecycleStage.Active, Start, Stop);

    private Task Start(CancellationToken cancellationToken)
    {
        _loop = Loop();
        return Task.CompletedTask;
    }

    /// <summary>Waits for calls under way as long as the stop may take; what they leave open is found again at the next start.</summary>
    private async Task Stop(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task Loop()
    {
        HashSet<PaymentKey>? before = null;
        try
        {
            while (true)
            {
                before = await Look(before);
                await Task.Delay(options.Value.RecoveryInterval, time, _stop.Token);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The silo stops; what is open is found again at the next start.
        }
    }

    private async Task<HashSet<PaymentKey>?> Look(HashSet<PaymentKey>? before)
    {
        try
        {
            IReadOnlyList<PaymentKey> open = await ledger.OpenOrdersAsync(_stop.Token);
            HashSet<PaymentKey> now = [.. open];
            _retries.KeepOnly(now);
            await ResumeAll(before is null ? open : open.Where(key => before.Contains(key) && _retries.IsDue(key)));
            return now;
        }
        catch (Exception fault) when (!_stop.IsCancellationRequested)
        {
            LogLookFailed(log, fault);
            return before;
        }
    }

    private async Task ResumeAll(IEnumerable<PaymentKey> keys)
    {
        foreach (PaymentKey[] chunk in keys.Chunk(options.Value.RecoveryConcurrency))
        {
            _stop.Token.ThrowIfCancellationRequested();
            await Task.WhenAll(chunk.Select(Resume));
        }
    }

    private async Task Resume(PaymentKey key)
    {
        string id = key.ToString();
        try
        {
            PaymentAnswer answer = await grains.GetGrain<IPaymentSessionGrain>(id).Resume();
            LogResumed(log, id, answer.End);
            if (answer.End is PaymentEnd.Pending or PaymentEnd.RefundOwed)
                _retries.Failed(key);
        }
        catch (Exception fault) when (!_stop.IsCancellationRequested)
        {
            // One order that cannot go on now must not hold up the others; the next look tries it again.
            LogResumeFailed(log, fault, id);
            _retries.Failed(key);
        }
    }
}
