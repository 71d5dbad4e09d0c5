using Betar.Grains.Gateway;
using Betar.Grains.Selling;
using Betar.Libp2p.Multiformats;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Peering;
using Betar.X402.Serving;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Presence;

/// <summary>
/// The fleet's host during one term, and the marketplace on it. It falls silent at once and is put away behind that: the next host of this process waits
/// until all of it is gone.
/// </summary>
internal sealed class OpenPresence(PresenceSite site, PresenceTerm term, Action gone) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly NodeParts _parts = new();
    private readonly TaskCompletionSource _opening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FencedDesk? _desk;
    private NodePeer? _peer;
    private Task? _closing;

    public NodeNetwork Network { get; private set; } = null!;

    /// <summary>It is over, or about to be.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>With the peer id.</summary>
    public IReadOnlyList<Multiaddr> Addresses { get; private set; } = [];

    /// <summary>As the operator would write them, with the ports that the system chose.</summary>
    public IReadOnlyList<Multiaddr> Listening => _peer?.Listening ?? [];

    /// <param name="desk">Of the silo that is the gateway, so that sessions begin there.</param>
    /// <param name="listen">Where peers may come in.</param>
    /// <param name="listening">Told before anything is published.</param>
    /// <param name="cancellationToken">Ends the opening; what is open by then is closed by <see cref="DisposeAsync"/>.</param>
    public async Task OpenAsync(SalesDesk desk, IReadOnlyList<Multiaddr> listen, Action<OpenPresence> listening, CancellationToken cancellationToken)
    {
        try
        {
            Serve(desk, listen);
            Network = _parts.Own(await NodeNetwork.CreateAsync(site.Folder, _peer!, site.Finding.For(listen), site.Context, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (await _peer!.ListenAsync(cancellationToken) is { } refusal)
                throw new CliRefusedException(refusal);
            Addresses = _peer.Host.Addresses;
            listening(this);
            await Network.StartAsync(market => site.Listings.OpenAsync(market, site.OfferOf, site.Offers.All), cancellationToken);
        }
        finally
        {
            _opening.SetResult();
        }
    }

    /// <summary>Takes nothing new, finishes what was paid for, and says goodbye.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (_desk is { } desk)
            await desk.DrainAsync(cancellationToken);
        await DisposeAsync().AsTask().WaitAsync(cancellationToken);
    }

    /// <summary>Completes when no peer hears of it any more.</summary>
    public Task SilenceAsync()
    {
        site.Listings.Close();
        lock (_lock)
        {
            IsSilent = true;
            return _peer?.Host.AbortAsync() ?? Task.CompletedTask;
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
            _closing ??= CloseAsync();
        return new ValueTask(_closing);
    }

    private void Serve(SalesDesk desk, IReadOnlyList<Multiaddr> listen)
    {
        ILogger<OpenPresence> log = site.Context.Loggers.CreateLogger<OpenPresence>();
        _desk = new FencedDesk(desk, term);
        X402StreamServer server = _parts.Own(new X402StreamServer(
            _desk, new X402ServerOptions { MaySpeak = () => term.IsHeld }, site.Context.Time, (fault, call) => HandlerFaults.LogFault(log, fault, call.Peer)));
        lock (_lock)
        {
            if (IsSilent)
                throw new OperationCanceledException();
            _peer = _parts.Own(NodePeer.Open(site.Folder, listen, site.Peers, site.Context, host => SellerProtocols.Serve(host, server, term.Over)));
        }
    }

    private async Task CloseAsync()
    {
        // Never within the lock, and not before the opening has left its hands off everything.
        await Task.Yield();
        await _opening.Task;
        try
        {
            // Before the marketplace goes: from then on nothing is published.
            site.Listings.Close();
            IsSilent = true;
            await _parts.DisposeAsync();
        }
        finally
        {
            gone();
        }
    }
}
