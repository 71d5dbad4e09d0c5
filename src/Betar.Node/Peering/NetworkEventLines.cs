using System.Text.Json;
using System.Threading.Channels;
using Betar.Libp2p.Connections;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Events;
using Betar.Libp2p.Identity;
using Betar.Marketplace.Trust;
using Betar.Node.Cli;
using Betar.Node.Presence;

namespace Betar.Node.Peering;

/// <summary>
/// What happens around a running node, a line of JSON each, for who started it with --json. A reader that is too slow loses lines and is told how
/// many; one that reads nothing keeps nobody from anything.
/// </summary>
internal sealed class NetworkEventLines : IDisposable
{
    /// <summary>Events that wait to be printed; peers make more of them as they like, so there is an end.</summary>
    public const int MaxWaiting = 1024;

    private readonly CommandContext _context;
    private readonly FleetPresences _presences;
    private readonly Lock _lock = new();
    private readonly Channel<Action<Utf8JsonWriter>> _waiting;
    private NodeNetwork? _network;
    private int _lost;

    private NetworkEventLines(CommandContext context, FleetPresences presences)
    {
        (_context, _presences) = (context, presences);
        var options = new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true };
        _waiting = Channel.CreateBounded<Action<Utf8JsonWriter>>(options, _ => Interlocked.Increment(ref _lost));
    }

    public static NetworkEventLines Start(CommandContext context, FleetPresences presences)
    {
        var lines = new NetworkEventLines(context, presences);
        if (!context.Json)
            return lines;
        presences.Moved += lines.OnMoved;
        lines.Hear(presences.Network);
        _ = lines.PrintAsync();
        return lines;
    }

    public void Dispose()
    {
        _presences.Moved -= OnMoved;
        Hear(null);
        _waiting.Writer.TryComplete();
    }

    /// <summary>From now on this network's events, and no other's.</summary>
    private void Hear(NodeNetwork? network)
    {
        lock (_lock)
        {
            if (_network is { } before)
            {
                before.Host.PeerChanged -= OnPeerChanged;
                before.Discovery.PeerFound -= OnPeerFound;
                before.Market.Market.Changed -= OnMarketChanged;
            }

            _network = network;
            if (network is null)
                return;
            network.Host.PeerChanged += OnPeerChanged;
            network.Discovery.PeerFound += OnPeerFound;
            network.Market.Market.Changed += OnMarketChanged;
        }

        // Whoever came while the node was still starting is told of too: a reader must not wait for what has happened already.
        foreach (var connection in network.Host.Connections)
        {
            if (network.FoundBy(connection.Peer) is { Length: > 0 } source)
                AddFound(connection.Peer, source);
            AddConnected("connected", connection.Peer, connection);
        }
    }

    private void OnMoved(object? sender, EventArgs moved)
    {
        Add("moved", writer =>
        {
            writer.WriteStartArray("addresses");
            foreach (var address in _presences.Addresses)
                writer.WriteStringValue(address.ToString());
            writer.WriteEndArray();
        });
        Hear(_presences.Network);
    }

    private void OnPeerChanged(object? sender, HostEventArgs happened)
    {
        if (happened.Kind is HostEventKind.Connected or HostEventKind.Disconnected)
            AddConnected(happened.Kind == HostEventKind.Connected ? "connected" : "disconnected", happened.Peer, happened.Connection);
    }

    private void OnPeerFound(object? sender, PeerFoundEventArgs found) => AddFound(found.Peer, found.Source);

    private void AddConnected(string kind, PeerId peer, ConnectionInfo connection) => Add(kind, writer =>
    {
        writer.WriteString("peerId", peer.ToString());
        writer.WriteString("address", connection.Remote.ToString());
        writer.WriteBoolean("inbound", connection.Inbound);
    });

    private void AddFound(PeerId peer, string source) => Add("found", writer =>
    {
        writer.WriteString("peerId", peer.ToString());
        writer.WriteString("by", source);
    });

    private void OnMarketChanged(object? sender, MarketChange change) => Add(change.Listing is null ? "delisted" : "listed", writer =>
    {
        writer.WriteString("id", change.Id);
        if (change.Listing is { } listing)
        {
            writer.WriteString("name", listing.Name);
            writer.WriteString("trust", MarketJson.Of(listing.Trust));
        }
    });

    private void Add(string kind, Action<Utf8JsonWriter> more) => _waiting.Writer.TryWrite(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("event", kind);
        more(writer);
        writer.WriteEndObject();
    });

    private async Task PrintAsync()
    {
        // Away from who starts the node: the terminal may be slow from the first line on.
        await Task.Yield();
        await foreach (Action<Utf8JsonWriter> line in _waiting.Reader.ReadAllAsync())
        {
            JsonOutput.WriteLine(_context.Out, line);
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var count)
                JsonOutput.WriteLine(_context.Out, writer => WriteLost(writer, count));
        }
    }

    private static void WriteLost(Utf8JsonWriter writer, int count)
    {
        writer.WriteStartObject();
        writer.WriteString("event", "lost");
        writer.WriteNumber("count", count);
        writer.WriteEndObject();
    }
}
