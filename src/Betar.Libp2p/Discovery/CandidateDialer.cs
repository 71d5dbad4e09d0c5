using System.Net;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Discovery;

/// <summary>Dials what was found: few at once, not too often, nobody twice, and no more than two of one network on a stranger's word.</summary>
internal sealed class CandidateDialer(
    Libp2pHost host, DiscoveryOptions options, BackgroundWork work, Action<PeerFoundEventArgs> connected, CancellationToken stopping)
{
    public const string AddressesLimit = "discovery.addresses";
    public const string CandidatesLimit = "discovery.candidates";
    public const string DialsLimit = "discovery.dials";
    public const string NetworkLimit = "discovery.peers_per_network";

    private readonly Lock _lock = new();
    private readonly HashSet<PeerId> _pending = [];
    private readonly Dictionary<IPAddress, int> _networks = [];
    private readonly AddressFilter _filter = new(options);
    private readonly TokenBucket _dials = new(options.DialsPerSecond, options.DialBurst, host.Parts.Time);
    private readonly AsyncGate _parallel = new(options.Parallel, host.Parts.Scheduler);

    public void Take(PeerCandidate candidate)
    {
        if (stopping.IsCancellationRequested || candidate.Peer == host.PeerId || host.IsConnected(candidate.Peer))
            return;
        List<Multiaddr> addresses = [.. candidate.Addresses.Take(host.Parts.Options.Messages.AddressesPerPeer)
            .Where(address => (address.Peer is null || address.Peer == candidate.Peer) && _filter.Allows(address, candidate)).Select(address => address.WithoutPeer()).Distinct()];
        if (addresses.Count < candidate.Addresses.Count)
            host.Limits.Hit(AddressesLimit);
        if (addresses.Count == 0 || (candidate.Origin != PeerOrigin.Operator && host.ConnectionCount >= options.EnoughPeers) || !TryBegin(candidate))
            return;
        work.Run(() => DialAsync(candidate, addresses));
    }

    private bool TryBegin(PeerCandidate candidate)
    {
        lock (_lock)
        {
            if (_pending.Contains(candidate.Peer))
                return false;
            if (_pending.Count >= options.Candidates)
            {
                host.Limits.Hit(CandidatesLimit);
                return false;
            }

            if (candidate.Origin < PeerOrigin.Remembered && !_dials.TryTake())
            {
                host.Limits.Hit(DialsLimit);
                return false;
            }

            return _pending.Add(candidate.Peer);
        }
    }

    private async Task DialAsync(PeerCandidate candidate, List<Multiaddr> addresses)
    {
        try
        {
            await _parallel.EnterAsync(stopping);
            try
            {
                await ConnectAsync(candidate, addresses);
            }
            finally
            {
                _parallel.Leave();
            }
        }
        finally
        {
            lock (_lock)
                _pending.Remove(candidate.Peer);
        }
    }

    private async Task ConnectAsync(PeerCandidate candidate, List<Multiaddr> addresses)
    {
        if (host.IsConnected(candidate.Peer))
            return;
        var networks = candidate.Origin == PeerOrigin.Stranger ? addresses.Select(NetworkOf).OfType<IPAddress>().Distinct().ToArray() : [];
        if (!TryEnter(networks))
        {
            host.Limits.Hit(NetworkLimit);
            return;
        }

        try
        {
            await host.ConnectHeardAsync(candidate.Peer, addresses, stopping);
            Libp2pInstruments.PeerFound(candidate.Source, connected: true);
            connected(new PeerFoundEventArgs(candidate.Peer, candidate.Source));
        }
        catch (Libp2pException)
        {
            // Found and not there: the host's dialer has counted why, and lets the addresses rest.
            Libp2pInstruments.PeerFound(candidate.Source, connected: false);
        }
        finally
        {
            Leave(networks);
        }
    }

    // Those who are being dialled count beside those who are connected, so that many at once get no further than one after the other.
    private bool TryEnter(IPAddress[] networks)
    {
        var joined = host.Connections.Where(connection => !connection.Inbound).Select(connection => NetworkOf(connection.Remote)).ToList();
        lock (_lock)
        {
            if (networks.Any(network => joined.Count(network.Equals) + _networks.GetValueOrDefault(network) >= options.PeersPerNetwork))
                return false;
            foreach (var network in networks)
                _networks[network] = _networks.GetValueOrDefault(network) + 1;
            return true;
        }
    }

    private void Leave(IPAddress[] networks)
    {
        lock (_lock)
        {
            foreach (var network in networks)
            {
                if (--_networks[network] == 0)
                    _networks.Remove(network);
            }
        }
    }

    private static IPAddress? NetworkOf(Multiaddr address) => AddressReaches.Of(address) == AddressReach.Public ? AddressNetwork.Of(address) : null;
}
