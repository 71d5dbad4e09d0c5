using System.Collections.Concurrent;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Peers;
using Betar.Storage;
using Betar.Storage.Peers;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Peering;

/// <summary>
/// Keeps peers over restarts: everything of the last ones in memory, and of each where it can be reached in the node's database. The
/// network never waits for the disk, and a disk that fails costs only the memory of peers.
/// </summary>
internal sealed partial class DatabasePeerStore(IPeerTable table, PeerStoreOptions options, ILogger<DatabasePeerStore> logger) : IPeerStore
{
    /// <summary>Writes under way; with more, whoever saves waits, so that strangers cannot fill the queue of the ledger's writes.</summary>
    internal const int MaxPending = 64;

    /// <summary>Of a peer whose addresses stay the same, the time alone is written this much of a life apart.</summary>
    private const int RewritesPerLife = 24;

    private readonly MemoryPeerStore _recent = new(options.Capacity);
    private readonly ConcurrentDictionary<PeerId, DateTimeOffset> _written = new();
    private readonly ILogger _logger = logger;
    private int _pending;

    public async ValueTask<PeerInfo?> FindAsync(PeerId peer, CancellationToken cancellationToken)
    {
        if (await _recent.FindAsync(peer, cancellationToken) is { } known)
            return known;
        try
        {
            if (await table.FindAsync(peer.Bytes.ToArray(), cancellationToken) is not { } row || PeerRows.Decode(peer, row) is not { } info)
                return null;
            await _recent.SaveAsync(info, cancellationToken);
            return info;
        }
        catch (StorageException fault)
        {
            LogNotRead(peer, fault);
            return null;
        }
    }

    /// <summary>Those of the disk, each as it is known now, and those that are in memory only.</summary>
    public async ValueTask<IReadOnlyList<PeerInfo>> BestAsync(int most, CancellationToken cancellationToken)
    {
        Dictionary<PeerId, PeerInfo> best = (await _recent.BestAsync(most, cancellationToken)).ToDictionary(info => info.Peer);
        try
        {
            foreach (PeerTableRow row in await table.BestAsync(most, cancellationToken))
                if (PeerId.TryDecode(row.Id.Span, out PeerId peer) && !best.ContainsKey(peer) && await FindAsync(peer, cancellationToken) is { } info)
                    best.Add(peer, info);
        }
        catch (StorageException fault)
        {
            LogBestNotRead(fault);
        }

        return [.. best.Values.OrderByDescending(info => info.Standing).ThenByDescending(info => info.SeenAt).Take(most)];
    }

    public async ValueTask SaveAsync(PeerInfo info, CancellationToken cancellationToken)
    {
        PeerInfo? before = await _recent.FindAsync(info.Peer, cancellationToken);
        await _recent.SaveAsync(info, cancellationToken);
        if (!info.Addresses.Any() || IsWritten(before, info))
            return;
        if (_written.Count >= options.Capacity)
            _written.Clear();
        _written[info.Peer] = info.SeenAt;
        Task writing = WriteAsync(info);
        if (Volatile.Read(ref _pending) > MaxPending)
            await writing;
    }

    private bool IsWritten(PeerInfo? before, PeerInfo info) => before is not null
        && _written.TryGetValue(info.Peer, out DateTimeOffset at) && info.SeenAt - at < options.AddressLife / RewritesPerLife
        && before.Standing == info.Standing && before.Addresses.SequenceEqual(info.Addresses) && before.SignedRecord.Span.SequenceEqual(info.SignedRecord.Span);

    private async Task WriteAsync(PeerInfo info)
    {
        Interlocked.Increment(ref _pending);
        try
        {
            await table.PutAsync(PeerRows.Encode(info), options.Capacity, info.SeenAt - options.AddressLife, CancellationToken.None);
        }
        catch (StorageException fault)
        {
            _written.TryRemove(info.Peer, out _);
            LogNotWritten(info.Peer, fault);
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }
}
