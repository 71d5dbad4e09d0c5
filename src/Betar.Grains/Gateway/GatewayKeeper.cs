using Betar.Grains.Abstractions.Gateway;
using Betar.Storage.Leases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Gateway;

/// <summary>
/// Each silo's eye on the gateway: wakes its grain, and so brings it back after a silo's death, and sends it on when nobody has had the lease for too long.
/// </summary>
public sealed partial class GatewayKeeper : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing;

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly IGrainFactory _grains;
    private readonly ILeaseStore _leases;
    private readonly GatewayHolder _holder;
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private Task _looking = Task.CompletedTask;
    private Task _holding = Task.CompletedTask;
    private (long Epoch, int Looks) _free;

    internal GatewayKeeper(
        IGrainFactory grains, ILeaseStore leases, GatewayHolder holder, IOptions<GatewayOptions> options, TimeProvider time, ILogger<GatewayKeeper> log) =>
        (_grains, _leases, _holder, _options, _time, _log, _stopping) = (grains, leases, holder, options.Value, time, log, _stop.Token);

    private IGatewayGrain Gateway => _grains.GetGrain<IGatewayGrain>(IGatewayGrain.Key);

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(GatewayKeeper), ServiceLifecycleStage.Active, Start, StopAsync);

    /// <summary>This silo does not become the gateway any more, and wakes nobody.</summary>
    public Task RetireAsync()
    {
        if (!_stopping.IsCancellationRequested)
            _stop.Cancel();
        return EndedAsync(_looking);
    }

    /// <summary>The same, and what is the gateway hands over.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await RetireAsync();
        await _holder.StopAsync(cancellationToken);
        await EndedAsync(_holding);
    }

    public void Dispose()
    {
        // Registered under two names, and so disposed twice.
        if (!_stopping.IsCancellationRequested)
            _stop.Cancel();
        _stop.Dispose();
    }

    private static async Task EndedAsync(Task loop) => await loop.ConfigureAwait(Quietly);

    private Task Start(CancellationToken cancellationToken)
    {
        _holding = _holder.RunAsync(_stopping);
        _looking = LookAsync();
        return Task.CompletedTask;
    }

    private async Task LookAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            // Who failed leaves the next try to the others.
            bool moves = (_holder.SinceFailure is not { } since || since >= 2 * _options.WakeEvery) && await WakeAsync();
            await Task.Delay(moves ? _options.AskEvery : _options.WakeEvery, _time, _stopping);
        }
    }

    /// <returns>True: it is on its way to another silo, and may be waked there soon.</returns>
    private async Task<bool> WakeAsync()
    {
        try
        {
            GatewayStatus status = await Gateway.Ensure().WaitAsync(_options.Lease, _time, _stopping);
            LeaseAnswer? lease = await _leases.FindAsync(GatewayLease.Name, _stopping).AsTask().WaitAsync(_options.Lease, _time, _stopping);
            await CountAsync(status, lease ?? default);
            return status.State == GatewayState.Lost && _holder.Status.Silo != status.Silo;
        }
        catch (Exception fault) when (!_stopping.IsCancellationRequested)
        {
            LogNotWaked(_log, fault);
            return false;
        }
    }

    private async Task CountAsync(GatewayStatus status, LeaseAnswer lease)
    {
        _free = lease.Granted || _free.Epoch != lease.Epoch ? (lease.Epoch, lease.Granted ? 0 : 1) : (lease.Epoch, _free.Looks + 1);
        if (_free.Looks < _options.FreeLooks)
            return;
        LogSentOn(_log, status.Silo, status.State, _free.Looks);
        GatewayInstruments.OnYield();
        _free = default;
        await Gateway.Yield(lease.Epoch).WaitAsync(_options.Lease, _time, _stopping);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The gateway could not be waked; it is tried again.")]
    private static partial void LogNotWaked(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody had the gateway's lease at {Looks} looks, and its grain on {Silo} is {State}: it is sent to another silo.")]
    private static partial void LogSentOn(ILogger logger, string silo, GatewayState state, int looks);
}
