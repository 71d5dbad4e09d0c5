using Betar.Grains.Abstractions.Gateway;
using Betar.Storage.Leases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Gateway;

/// <summary>
/// A silo's hold on the lease and on its host. Works on its own and never in a grain's turn: while the gateway's grain is here it asks for the lease; with it
/// it opens the host, renews, and watches the clock; a host whose lease cannot be renewed is silent before the lease can pass.
/// </summary>
internal sealed partial class GatewayHolder : IAsyncDisposable
{
    /// <summary>The lease of the fleet's presence.</summary>
    public const string LeaseName = IGatewayGrain.Key;

    private const int LooksPerTerm = 10;

    private const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing;

    private readonly Lock _lock = new();
    private readonly IFleetPresence _presence;
    private readonly ILeaseStore _leases;
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly string _id;
    private GatewayStatus _status;
    private TaskCompletionSource _wanted = NewSignal();
    private PresenceTerm? _term;
    private TimeMark? _failed;
    private Task _served = Task.CompletedTask;
    private bool _isStopped;

    public GatewayHolder(
        IFleetPresence presence, ILeaseStore leases, IOptions<GatewayOptions> options, TimeProvider time, ILocalSiloDetails silo, ILogger<GatewayHolder> log)
    {
        (_presence, _leases, _options, _time, _log) = (presence, leases, options.Value, time, log);
        _id = $"{silo.SiloAddress}/{System.Security.Cryptography.RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        _status = new GatewayStatus { Silo = silo.SiloAddress.ToString(), Since = time.GetUtcNow() };
    }

    public GatewayStatus Status => Volatile.Read(ref _status);

    /// <summary>How long ago this silo failed to be the gateway; null: it did not, or tries again.</summary>
    public TimeSpan? SinceFailure => Status.State == GatewayState.Lost ? Volatile.Read(ref _failed)?.Elapsed(_time) : null;

    /// <summary>From now on this silo should be the gateway.</summary>
    public void Want()
    {
        TaskCompletionSource wanted;
        lock (_lock)
        {
            if (_isStopped || _wanted.Task.IsCompleted)
                return;
            Become(GatewayState.Waiting);
            wanted = _wanted;
        }

        wanted.TrySetResult();
    }

    /// <summary>From now on it should not; completes when its host is silent and the lease given back.</summary>
    public Task LetGoAsync() => EndAsync(PresenceEnd.LetGo);

    /// <summary>Finishes what was paid for, hands the lease over and stays out of it from then on.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            _isStopped = true;
        if (Status.State == GatewayState.Open)
            await DrainAsync(cancellationToken);
        await EndAsync(PresenceEnd.Stopped);
    }

    /// <summary>Does the work until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Wanted.WaitAsync(cancellationToken);
            TimeSpan pause = await ContendAsync(cancellationToken);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, _time, cancellationToken);
        }
    }

    /// <summary>After a stop there is nothing left to do; without one the silo has crashed, and the lease runs out by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _isStopped = true;
        await EndAsync(PresenceEnd.Crashed);
    }

    private Task Wanted
    {
        get
        {
            lock (_lock)
                return _wanted.Task;
        }
    }

    /// <returns>How long to wait before the next try.</returns>
    private async Task<TimeSpan> ContendAsync(CancellationToken cancellationToken)
    {
        TimeMark asked = TimeMark.Now(_time);
        if (await AskAsync(cancellationToken) is not { } answer)
            return _options.AskEvery;
        if (!answer.Granted)
            return answer.Remaining < _options.AskEvery ? answer.Remaining + TimeSpan.FromMilliseconds(1) : _options.AskEvery;

        var term = new PresenceTerm(answer.Epoch, asked, _options.StopAfter, _time);
        TaskCompletionSource served = NewSignal();
        lock (_lock)
        {
            if (_isStopped || !_wanted.Task.IsCompleted)
                term.Finish(PresenceEnd.LetGo);
            (_term, _served) = (term, served.Task);
        }

        try
        {
            await ServeAsync(term, asked);
        }
        finally
        {
            served.SetResult();
            term.Dispose();
        }

        return TimeSpan.Zero;
    }

    /// <returns>Null: the store did not answer in time, or not at all.</returns>
    private async Task<LeaseAnswer?> AskAsync(CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<LeaseAnswer> asking = _leases.AcquireAsync(LeaseName, _id, _options.Lease, late.Token).AsTask();
        try
        {
            return await asking.WaitAsync(_options.StopAfter, _time, cancellationToken);
        }
        catch (Exception fault)
        {
            _ = GiveBackAsync(asking);
            Cancel(late);
            cancellationToken.ThrowIfCancellationRequested();
            LogNotAsked(_log, fault);
            Fail(fault.Message);
            return null;
        }
    }

    /// <summary>What is granted after nobody waited for it any more is of no use to this silo, and must not keep the others waiting.</summary>
    private async Task GiveBackAsync(Task<LeaseAnswer> late)
    {
        try
        {
            if (await late is { Granted: true } answer)
                await _leases.ReleaseAsync(LeaseName, _id, answer.Epoch, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // It was taken back before the store came to it.
        }
        catch (Exception fault)
        {
            LogNotAsked(_log, fault);
        }
    }

    private async Task ServeAsync(PresenceTerm term, TimeMark asked)
    {
        LogGranted(_log, term.Epoch);
        Become(GatewayState.Opening, epoch: term.Epoch);
        Task watching = WatchAsync(term), renewing = RenewAsync(term);
        bool opened = await OpenAsync(term, asked);
        PresenceEnd why = await term.Ended;
        TimeMark ended = TimeMark.Now(_time);
        await CloseAsync(ended);
        if (opened)
            GatewayInstruments.OnClosed();
        GatewayInstruments.OnEnded(why);
        LogEnded(_log, term.Epoch, why);
        Leave(why);
        await watching;
        await renewing;
        if (why != PresenceEnd.Crashed)
            await ReleaseAsync(term);
    }

    private async Task<bool> OpenAsync(PresenceTerm term, TimeMark asked)
    {
        try
        {
            term.Over.ThrowIfCancellationRequested();
            IReadOnlyList<string> addresses = await _presence.OpenAsync(term, term.Over);
            GatewayInstruments.OnOpened(asked.Elapsed(_time));
            if (term.IsHeld)
                Become(GatewayState.Open, epoch: term.Epoch, addresses: addresses);
            return true;
        }
        catch (Exception) when (term.Over.IsCancellationRequested)
        {
            // It was called off while it opened.
            return false;
        }
        catch (Exception fault)
        {
            LogNotOpened(_log, fault, term.Epoch);
            Become(GatewayState.Opening, fault.Message, term.Epoch);
            term.Finish(PresenceEnd.NotOpened);
            return false;
        }
    }

    /// <summary>Ends the term by the clock alone: neither the store nor a grain has to answer for that.</summary>
    private async Task WatchAsync(PresenceTerm term)
    {
        while (term.IsHeld)
        {
            TimeSpan left = _options.StopAfter - term.Unrenewed, look = _options.StopAfter / LooksPerTerm;
            if (left > TimeSpan.Zero)
                await Task.Delay(left < look ? left : look, _time, term.Over).ConfigureAwait(Quietly);
        }

        if (term.Finish(PresenceEnd.NotRenewed))
            await CloseAsync(TimeMark.Now(_time));
    }

    private async Task RenewAsync(PresenceTerm term)
    {
        while (term.IsHeld)
        {
            await Task.Delay(_options.RenewEvery, _time, term.Over).ConfigureAwait(Quietly);
            if (term.IsHeld)
                await RenewOnceAsync(term);
        }
    }

    private async Task RenewOnceAsync(PresenceTerm term)
    {
        TimeMark asked = TimeMark.Now(_time);
        try
        {
            LeaseAnswer answer = await _leases.RenewAsync(LeaseName, _id, term.Epoch, _options.Lease, term.Over).AsTask().WaitAsync(term.Over);
            GatewayInstruments.OnRenewed(asked.Elapsed(_time));
            if (answer.Granted)
                term.Extend(asked);
            else
                term.Finish(PresenceEnd.Taken);
        }
        catch (Exception) when (term.Over.IsCancellationRequested)
        {
            // The term is over, whatever the store says later.
        }
        catch (Exception fault)
        {
            // The next renewal may go well; if none does, the watch ends the term.
            LogNotRenewed(_log, fault, term.Epoch);
        }
    }

    private async Task CloseAsync(TimeMark ended)
    {
        try
        {
            await _presence.CloseAsync();
        }
        catch (Exception fault)
        {
            LogNotClosed(_log, fault);
        }

        TimeSpan took = ended.Elapsed(_time);
        GatewayInstruments.OnSilent(took);
        if (took > _options.CloseWithin)
            LogSlowClose(_log, took, _options.CloseWithin);
    }

    /// <summary>Only a courtesy, so that nobody has to wait for the end of the lease: a store that does not answer is not waited for.</summary>
    private async Task ReleaseAsync(PresenceTerm term)
    {
        try
        {
            await _leases.ReleaseAsync(LeaseName, _id, term.Epoch, CancellationToken.None).AsTask().WaitAsync(_options.CloseWithin, _time);
        }
        catch (Exception fault)
        {
            LogNotReleased(_log, fault, term.Epoch);
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        TimeMark began = TimeMark.Now(_time);
        using var limit = new CancellationTokenSource(_options.DrainWithin, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _presence.DrainAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            LogNotDrained(_log, began.Elapsed(_time));
        }
        finally
        {
            GatewayInstruments.OnDrained(began.Elapsed(_time));
        }
    }

    private async Task EndAsync(PresenceEnd why)
    {
        Task served;
        lock (_lock)
        {
            if (_wanted.Task.IsCompleted)
                _wanted = NewSignal();
            _term?.Finish(why);
            served = _served;
        }

        await served;
        if (Status.State != GatewayState.Lost)
            Become(GatewayState.Idle);
    }

    /// <summary>A silo that failed lets the grain go elsewhere.</summary>
    private void Leave(PresenceEnd why)
    {
        lock (_lock)
        {
            _term = null;
        }

        if (why is PresenceEnd.NotRenewed or PresenceEnd.Taken or PresenceEnd.NotOpened)
            Fail(why == PresenceEnd.NotOpened ? Status.Reason : why.ToString());
    }

    private void Fail(string reason)
    {
        lock (_lock)
        {
            if (!_wanted.Task.IsCompleted)
                return;
            _wanted = NewSignal();
            Volatile.Write(ref _failed, TimeMark.Now(_time));
            Become(GatewayState.Lost, reason);
        }
    }

    private void Become(GatewayState state, string reason = "", long epoch = 0, IReadOnlyList<string>? addresses = null)
    {
        lock (_lock)
        {
            Volatile.Write(ref _status, _status with
            {
                State = state, Reason = reason, Epoch = epoch == 0 ? _status.Epoch : epoch, Since = _time.GetUtcNow(), Addresses = [.. addresses ?? []],
            });
        }
    }

    // Not asynchronously: what hangs on it ends here and now, on whatever scheduler this is.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    // The loop that waits for it has a scheduler of its own, so nothing of it runs where the signal is given.
    private static TaskCompletionSource NewSignal() => new();
}
