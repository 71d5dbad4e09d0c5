using System.Security.Cryptography;
using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange.Client;
using Betar.Blocks.Exchange.Peers;
using Betar.Blocks.Exchange.Server;
using Betar.Blocks.Store;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Scheduling;
using Microsoft.Extensions.Logging;

namespace Betar.Blocks.Exchange;

/// <summary>
/// bitswap on a host: fetches blocks from connected peers and serves them what is published. What was fetched is given to the caller and not kept.
/// </summary>
public sealed class BitswapExchange : IBlockSource, IBlockAnnouncer, IAsyncDisposable
{
    private readonly IBlockStore _store;
    private readonly BitswapOptions _options;
    private readonly TimeProvider _time;
    private readonly Libp2pHost _host;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ByteBudget _incoming;
    private readonly BackgroundWork _work;
    private readonly PeerTable _peers;
    private readonly BitswapClient _client;
    private readonly BitswapServer _server;
    private readonly List<IDisposable> _handlers = [];

    /// <param name="host">Whose peers are asked and served.</param>
    /// <param name="store">Looked into before a peer is asked.</param>
    /// <param name="published">What peers may have.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="scheduler">That of the host.</param>
    /// <param name="time">That of the host.</param>
    /// <param name="loggers">Where to say what happens.</param>
    /// <param name="random">Chooses among peers that are equal; by default nobody can tell whom.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names all that are.</exception>
    public BitswapExchange(
        Libp2pHost host, IBlockStore store, IPublishedBlocks published, BitswapOptions options, TaskScheduler scheduler, TimeProvider time, ILoggerFactory loggers, Random? random = null)
    {
        if (options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        (_host, _store, _options, _time) = (host, store, options, time);
        var logger = loggers.CreateLogger<BitswapExchange>();
        _work = new BackgroundWork(scheduler, logger);
        _incoming = new ByteBudget(options.MaxIncomingBytes, BlocksLimit.IncomingBytes);
        _peers = new PeerTable(host, Create);
        random ??= new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        _client = new BitswapClient(_peers, options, Meter, _work, time, random, logger, _stopping.Token);
        _server = new BitswapServer(published, _peers, options, Meter, _work, logger);
        _peers.Came += _client.OnCame;
        _peers.Went += _client.OnGone;
        _peers.Went += _server.Forget;
        _peers.Spoke += _client.OnSpoke;
        _peers.AddConnected();
        foreach (var protocol in BitswapProtocol.All)
            _handlers.Add(host.Handle(protocol, ServeAsync, new ProtocolOptions { InboundPerPeer = options.InboundStreamsPerPeer }));
    }

    /// <summary>Limits that were hit since the start, by name.</summary>
    public BlocksMeter Meter { get; } = new();

    /// <summary>Blocks that are being fetched.</summary>
    public int Fetching => _client.Fetching;

    public IReadOnlyList<BitswapPeerInfo> Peers => [.. _peers.All.Select(Show)];

    /// <inheritdoc/>
    public async ValueTask<Block?> FetchAsync(Cid cid, IReadOnlyList<PeerId> likely, CancellationToken cancellationToken) =>
        (await FetchFromAsync(cid, likely, cancellationToken))?.Block;

    /// <inheritdoc/>
    public Task AnnounceAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken = default) => _server.AnnounceAsync(cids, cancellationToken);

    /// <summary>A source for blocks that belong together: who sent one of them is asked first for the next.</summary>
    public IBlockSource CreateSession() => new BitswapSession(this);

    /// <summary>Serves nobody from now on; who waits for a block gets none.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var handler in _handlers)
            handler.Dispose();
        _stopping.Cancel();
        _client.Stop();
        _peers.Dispose();
        await _work.WhenIdleAsync();
    }

    internal async ValueTask<FetchedBlock?> FetchFromAsync(Cid cid, IReadOnlyList<PeerId> likely, CancellationToken cancellationToken)
    {
        if (cid.Hash.Code == MultihashCode.Identity)
            return new FetchedBlock(new Block(cid, cid.Hash.Digest), null);
        if (await _store.FindAsync(cid, cancellationToken) is { } kept)
            return new FetchedBlock(new Block(cid, kept), null);
        return BlockHash.IsKnown(cid.Hash.Code) ? await _client.FetchAsync(cid, likely, cancellationToken) : null;
    }

    private BitswapPeer Create(PeerId id)
    {
        var gone = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        BitswapPeer? peer = null;
        var control = new ControlOutbox(
            new MessageSink(_host, id, _options, _time), _options, Meter, _work, error => _client.OnNotSent(peer!, error), gone.Token);
        return peer = new BitswapPeer(
            id, control, new MessageSink(_host, id, _options, _time), new ByteBudget(_options.MaxIncomingBytesPerPeer, BlocksLimit.IncomingBytesPerPeer, _incoming), gone);
    }

    private async Task ServeAsync(Libp2pStream stream, CancellationToken cancellationToken)
    {
        if (_peers.FindOrAdd(stream.RemotePeer) is not { } peer)
            return;
        var source = new MessageSource(stream, peer.Incoming, _options, Meter);
        while (await source.ReadAsync(cancellationToken) is { } message)
        {
            _client.Take(peer, message.Blocks);
            _client.Take(peer, message.Presences);
            if (message.Wants.Count > 0 || message.Full)
                await _server.TakeAsync(peer, message, cancellationToken);
        }
    }

    private BitswapPeerInfo Show(BitswapPeer peer) => _client.Read(peer, standing => new BitswapPeerInfo(
        peer.Id, standing.Delivered, standing.Unrequested, standing.Failures, standing.BackoffUntil == DateTimeOffset.MinValue ? null : standing.BackoffUntil,
        peer.Ledger.BlocksSent, peer.Ledger.BytesSent, peer.Ledger.Count));
}
