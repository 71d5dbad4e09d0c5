using Betar.Grains.Gateway;
using Betar.Libp2p.Multiformats;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Peering;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Presence;

/// <summary>
/// The hosts that the fleet has in this process, one after the other and never two: whoever opens one waits until the one before is gone. What others use of
/// the network they find here, whichever silo has it.
/// </summary>
internal sealed partial class FleetPresences(PresenceSite site, SellerOptions options) : IDisposable
{
    private readonly SemaphoreSlim _slot = new(1, 1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _storeStopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<IReadOnlyList<Multiaddr>, IReadOnlyList<Multiaddr>> _listened = [];
    private readonly ILogger _log = site.Context.Loggers.CreateLogger<FleetPresences>();
    private OpenPresence? _holds;
    private OpenPresence? _shown;

    /// <summary>A host was opened; after the first one the fleet has moved. Handlers must not block.</summary>
    public event EventHandler? Moved;

    /// <summary>Completes with the first host; fails when that could not be opened.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Fails when the disk has stopped the writer of the marketplace's store.</summary>
    public Task StoreStopped => _storeStopped.Task;

    /// <summary>The present host's, and between two hosts the last one's; null before the first.</summary>
    public NodeNetwork Network => _shown?.Network!;

    /// <summary>The number of the silo that had the last host.</summary>
    public int Silo { get; private set; }

    public IReadOnlyList<Multiaddr> Addresses => _shown?.Addresses ?? [];

    /// <summary>What the control socket answers about the network, whichever silo has it.</summary>
    public IReadOnlyDictionary<string, ControlHandler> Handlers =>
        Network.Handlers.Keys.ToDictionary<string, string, ControlHandler>(name => name, name => (arguments, stop) => AnswerAsync(name, arguments, stop), StringComparer.Ordinal);

    /// <summary>The fleet is declared: from now on hosts may be opened.</summary>
    public void Begin() => _ready.TrySetResult();

    /// <summary>Completes when no host is left; there will be no other one.</summary>
    public async Task EndAsync()
    {
        await _slot.WaitAsync();
        _storeStopped.TrySetResult();
    }

    public async Task<OpenPresence> BeginAsync(PresenceTerm term, CancellationToken cancellationToken)
    {
        await _ready.Task.WaitAsync(cancellationToken);

        // Its term is over by now, since this one has begun: should its silo not have noticed, it ends here.
        if (Volatile.Read(ref _holds) is { } before)
        {
            await before.SilenceAsync();
            PutAway(before);
        }

        await _slot.WaitAsync(cancellationToken);
        var presence = new OpenPresence(site, term, Leave);
        Volatile.Write(ref _holds, presence);
        return presence;
    }

    /// <summary>Where this silo's host listens: the same ports each time, also those that the system chose.</summary>
    public IReadOnlyList<Multiaddr> ListenOf(int silo)
    {
        IReadOnlyList<Multiaddr> wanted = WantedOf(silo);
        lock (_listened)
            return _listened.GetValueOrDefault(wanted, wanted);
    }

    public void Show(OpenPresence presence) => Volatile.Write(ref _shown, presence);

    public void OnOpened(OpenPresence presence, int silo)
    {
        lock (_listened)
            _listened[WantedOf(silo)] = presence.Listening;
        Silo = silo;
        _ = WatchAsync(presence.Network.Market.StoreStopped);
        if (_log.IsEnabled(LogLevel.Information))
        {
            string addresses = string.Join(", ", presence.Addresses);
            LogOpened(_log, silo, addresses);
        }
        if (!_opened.TrySetResult())
            Moved?.Invoke(this, EventArgs.Empty);
    }

    public void OnNotOpened(Exception fault) => _opened.TrySetException(fault);

    /// <summary>Closes a silent host behind everybody's back.</summary>
    public void PutAway(OpenPresence presence) => _ = PutAwayAsync(presence);

    public void Dispose() => _slot.Dispose();

    private IReadOnlyList<Multiaddr> WantedOf(int silo) => silo < options.ListenBySilo.Count ? options.ListenBySilo[silo] : options.Listen;

    private void Leave()
    {
        Volatile.Write(ref _holds, null);
        _slot.Release();
    }

    private async Task PutAwayAsync(OpenPresence presence)
    {
        try
        {
            await presence.DisposeAsync();
        }
        catch (Exception fault)
        {
            LogNotPutAway(_log, fault);
        }
    }

    private async Task WatchAsync(Task stopped)
    {
        try
        {
            await stopped;
        }
        catch (Exception fault)
        {
            _storeStopped.TrySetException(fault);
        }
    }

    private async Task<ControlAnswer> AnswerAsync(string name, System.Text.Json.JsonElement arguments, CancellationToken cancellation)
    {
        NodeNetwork network = Network;
        try
        {
            if (IsOpen(network))
                return await network.Handlers[name](arguments, cancellation);
        }
        catch (Exception) when (!IsOpen(network))
        {
            // It went in the middle of the question.
        }

        return ControlAnswer.Refused(ErrorCatalog.GatewayMoves.Refuse("The fleet's host is on its way to another silo"));
    }

    private bool IsOpen(NodeNetwork network) => Volatile.Read(ref _holds) is { IsSilent: false } holds && holds.Network == network;

    [LoggerMessage(Level = LogLevel.Information, Message = "The fleet's host is on silo {Silo} now: {Addresses}.")]
    private static partial void LogOpened(ILogger logger, int silo, string addresses);

    [LoggerMessage(Level = LogLevel.Error, Message = "A host that was silent already could not be closed in order.")]
    private static partial void LogNotPutAway(ILogger logger, Exception fault);
}
