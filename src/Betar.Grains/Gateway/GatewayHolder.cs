using Betar.Grains.Abstractions.Gateway;
using Betar.Storage.Leases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Gateway;

/// <summary>
/// A silo's hold on the lease and on its host. Works on its own and never in a grain's turn: while the gateway's grain is here it asks for the lease, and
/// serves the terms that it is granted; a host whose lease cannot be renewed is silent before the lease can pass.
/// </summary>
internal sealed partial class GatewayHolder : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly IFleetPresence _presence;
    private readonly GatewayLease _lease;
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private GatewayStatus _status;
    private TaskCompletionSource _wanted = NewSignal();
    private PresenceTerm? _term;
    private TimeMark? _failed;
    private Task _served = Task.CompletedTask;
    private bool _isStopped;

    public GatewayHolder(
        IFleetPresence presence, ILeaseStore leases, IOptions<GatewayOptions> options, TimeProvider time, ILocalSiloDetails silo, ILogger<GatewayHolder> log)
    {
        (_presence, _options, _time, _log) = (presence, options.Value, time, log);
        string id = $"{silo.SiloAddress}/{System.Security.Cryptography.RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        _lease = new GatewayLease(leases, id, _options, time, log);
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
        LeaseAnswer answer;
        try
        {
            answer = await _lease.AskAsync(cancellationToken);
        }
        catch (Exception fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LogNotAsked(_log, fault);
            Fail(fault.Message);
            return _options.AskEvery;
        }

        if (!answer.Granted)
            return answer.Remaining < _options.AskEvery ? answer.Remaining + TimeSpan.FromMilliseconds(1) : _options.AskEvery;
        await ServeAsync(answer.Epoch, asked);
        return TimeSpan.Zero;
    }

    private async Task ServeAsync(long epoch, TimeMark asked)
    {
        using var term = new PresenceTerm(epoch, asked, _options.StopAfter, _time, _lease.IsOneClock);
        TaskCompletionSource served = NewSignal();
        lock (_lock)
        {
            if (_isStopped || !_wanted.Task.IsCompleted)
                term.Finish(PresenceEnd.LetGo);
            (_term, _served) = (term, served.Task);
        }

        try
        {
            Become(GatewayState.Opening, epoch: epoch);
            var service = new ServedTerm(term, _lease, _presence, _options, _time, _log);
            PresenceEnd why = await service.RunAsync(asked, addresses => Become(GatewayState.Open, epoch: epoch, addresses: addresses));
            Leave(why, service.Fault);
            await service.EndAsync(why);
        }
        finally
        {
            served.SetResult();
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
    private void Leave(PresenceEnd why, string fault)
    {
        lock (_lock)
            _term = null;
        if (why is PresenceEnd.NotRenewed or PresenceEnd.Taken or PresenceEnd.NotOpened)
            Fail(why == PresenceEnd.NotOpened ? fault : why.ToString());
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

    // The loop that waits for it has a scheduler of its own, so nothing of it runs where the signal is given.
    private static TaskCompletionSource NewSignal() => new();
}
