using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Events;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Discovery;

/// <summary>Keeps the host connected to the peers that its operator named: dials them, and again whenever they are gone.</summary>
internal sealed class BootstrapPeers(Libp2pHost host, DiscoveryOptions options, IReadOnlyList<Multiaddr> addresses, Action<PeerFoundEventArgs> connected) : IPeerSource
{
    private const string Tag = "bootstrap";

    private readonly TimeProvider _time = host.Parts.Time;

    public string Name => Tag;

    public async Task RunAsync(IPeerSink sink, CancellationToken cancellationToken)
    {
        Kept[] all = [.. addresses.Where(address => address.Peer is { } peer && peer != host.PeerId)
            .GroupBy(address => address.Peer!.Value, (peer, named) => new Kept(peer, [.. named]))];
        host.PeerChanged += OnChanged;
        try
        {
            await Task.WhenAll(all.Select(one => KeepAsync(one, cancellationToken)));
        }
        finally
        {
            host.PeerChanged -= OnChanged;
        }

        void OnChanged(object? sender, HostEventArgs args)
        {
            if (args.Kind != HostEventKind.Disconnected || host.IsConnected(args.Peer))
                return;
            foreach (var one in all.Where(one => one.Peer == args.Peer))
                one.Left?.TrySetResult();
        }
    }

    private async Task KeepAsync(Kept one, CancellationToken cancellationToken)
    {
        host.Protect(one.Peer, Tag);
        try
        {
            for (var pause = options.RedialBase; ; pause = pause * 2 < options.RedialMax ? pause * 2 : options.RedialMax)
            {
                // Before the dial: who leaves at once must not be waited for.
                var left = one.Left = Completions.Create(host.Parts.Scheduler);
                if (await TryConnectAsync(one, cancellationToken))
                {
                    await left.Task.WaitAsync(cancellationToken);
                    pause = options.RedialBase;
                }

                await Task.Delay(pause, _time, cancellationToken);
            }
        }
        finally
        {
            host.Unprotect(one.Peer, Tag);
        }
    }

    private async Task<bool> TryConnectAsync(Kept one, CancellationToken cancellationToken)
    {
        var isNew = !host.IsConnected(one.Peer);
        try
        {
            await host.ConnectAsync(one.Peer, one.Named, cancellationToken);
        }
        catch (Libp2pException)
        {
            Libp2pInstruments.PeerFound(Name, connected: false);
            return false;
        }

        Libp2pInstruments.PeerFound(Name, connected: true);
        if (isNew)
            connected(new PeerFoundEventArgs(one.Peer, Name));
        return true;
    }

    private sealed record Kept(PeerId Peer, IReadOnlyList<Multiaddr> Named)
    {
        /// <summary>Set when the last connection to the peer has ended.</summary>
        public TaskCompletionSource? Left { get; set; }
    }
}
