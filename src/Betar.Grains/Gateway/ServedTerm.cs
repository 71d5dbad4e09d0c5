using Betar.Storage.Leases;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Gateway;

/// <summary>
/// One term, from its lease to a silent host: opens the host, renews, and watches the clock. It ends by the clock alone when it must: neither the store nor
/// a grain has to answer for that.
/// </summary>
internal sealed partial class ServedTerm(PresenceTerm term, GatewayLease lease, IFleetPresence presence, GatewayOptions options, TimeProvider time, ILogger log)
{
    private const int LooksPerTerm = 10;

    private const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing;

    private Task _watching = Task.CompletedTask;
    private Task _renewing = Task.CompletedTask;

    /// <summary>Why the host could not be opened; empty: it could, or nobody tried to the end.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>Completes when the term is over and the host silent.</summary>
    /// <param name="asked">When the lease was asked for.</param>
    /// <param name="opened">Hears of the host's addresses.</param>
    public async Task<PresenceEnd> RunAsync(TimeMark asked, Action<IReadOnlyList<string>> opened)
    {
        LogGranted(log, term.Epoch);
        (_watching, _renewing) = (WatchAsync(), RenewAsync());
        bool isOpen = await OpenAsync(asked, opened);
        PresenceEnd why = await term.Ended;
        await CloseAsync(TimeMark.Now(time));
        if (isOpen)
            GatewayInstruments.OnClosed();
        GatewayInstruments.OnEnded(why);
        LogEnded(log, term.Epoch, why);
        return why;
    }

    /// <summary>Nothing of it goes on after that, and the lease is free unless the silo crashed.</summary>
    public async Task EndAsync(PresenceEnd why)
    {
        await _watching;
        await _renewing;
        if (why != PresenceEnd.Crashed)
            await lease.ReleaseAsync(term);
    }

    private async Task<bool> OpenAsync(TimeMark asked, Action<IReadOnlyList<string>> opened)
    {
        try
        {
            term.Over.ThrowIfCancellationRequested();
            IReadOnlyList<string> addresses = await presence.OpenAsync(term, term.Over);
            GatewayInstruments.OnOpened(asked.Elapsed(time));
            if (term.IsHeld)
                opened(addresses);
            return true;
        }
        catch (Exception) when (term.Over.IsCancellationRequested)
        {
            // It was called off while it opened.
            return false;
        }
        catch (Exception fault)
        {
            LogNotOpened(log, fault, term.Epoch);
            Fault = fault.Message;
            term.Finish(PresenceEnd.NotOpened);
            return false;
        }
    }

    private async Task WatchAsync()
    {
        while (term.IsHeld)
        {
            TimeSpan left = options.StopAfter - term.Unrenewed, look = options.StopAfter / LooksPerTerm;
            if (left > TimeSpan.Zero)
                await Task.Delay(left < look ? left : look, time, term.Over).ConfigureAwait(Quietly);
        }

        if (term.Finish(PresenceEnd.NotRenewed))
            await CloseAsync(TimeMark.Now(time));
    }

    private async Task RenewAsync()
    {
        while (term.IsHeld)
        {
            await Task.Delay(options.RenewEvery, time, term.Over).ConfigureAwait(Quietly);
            if (term.IsHeld)
                await RenewOnceAsync();
        }
    }

    private async Task RenewOnceAsync()
    {
        TimeMark asked = TimeMark.Now(time);
        try
        {
            LeaseAnswer answer = await lease.RenewAsync(term);
            GatewayInstruments.OnRenewed(asked.Elapsed(time));
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
            LogNotRenewed(log, fault, term.Epoch);
        }
    }

    private async Task CloseAsync(TimeMark ended)
    {
        try
        {
            await presence.CloseAsync();
        }
        catch (Exception fault)
        {
            LogNotClosed(log, fault);
        }

        TimeSpan took = ended.Elapsed(time);
        GatewayInstruments.OnSilent(took);
        if (took > options.CloseWithin)
            LogSlowClose(log, took, options.CloseWithin);
    }
}
