using Betar.Libp2p.Identity;
using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Graph;

/// <summary>
/// Takes nodes in any order and settles each once all that it stands on is settled, so that heights are those of the graph, whatever a node
/// claims, and every replica with the same nodes has the same values. Used by one caller at a time.
/// </summary>
internal sealed partial class Intake(ReplicaOptions options, IEntryPolicy policy, IReplicaStore store)
{
    private const int MostLooseValues = 65_536;
    private const int MostTellers = 65_536;

    /// <summary>Changes after which a long run of settling is made durable on the way.</summary>
    private const int CommitAt = 8192;

    private readonly NodeJudge _judge = new(options);
    private readonly NodeCache _nodes = new(store);
    private readonly Dictionary<NodeId, ulong> _tips = [];
    private readonly HashSet<NodeId> _absent = [];
    private readonly Dictionary<PeerId, long> _bytesByTeller = [];
    private ReplicaCommit _commit = new();
    private long _sequence;

    public ElementSet Set { get; private set; } = null!;

    public LooseValues LooseValues { get; private set; } = null!;

    public LooseNodes Loose { get; private set; } = new();

    public IReadOnlyCollection<NodeId> Absent => _absent;

    public Guid Epoch { get; private set; }

    public long Settled => _sequence;

    public long Bytes { get; private set; }

    /// <summary>A node came that was counted as absent: the graph is another than was thought.</summary>
    public bool NeedsRebuild { get; private set; }

    /// <summary>After each commit, with the nodes that are kept since.</summary>
    public Action<IReadOnlyCollection<NodeId>>? Committed { get; set; }

    /// <summary>What a write stands on: the settled tips, or, while nothing is settled, those that were told; in the order of their bytes.</summary>
    public IReadOnlyList<NodeId> Heads { get; private set; } = [];

    public ulong Height => _tips.Count == 0 ? 0 : _tips.Values.Max();

    public ulong NextPriority => 1 + (_tips.Count > 0 ? _tips.Values.Max() : Heads.Select(Loose.PriorityOf).DefaultIfEmpty().Max());

    /// <summary>How high a head is, or says to be.</summary>
    public ulong RankOf(NodeId head) => _tips.TryGetValue(head, out var height) ? height : Loose.PriorityOf(head);

    public async ValueTask<bool> KnowsAsync(NodeId id) => await _nodes.HeaderAsync(id) is not null;

    public ValueTask<KnownNode?> ReadAsync(NodeId id) => _nodes.ReadAsync(id);

    public async ValueTask<NodeHeader?> HeaderAsync(NodeId id) => await _nodes.HeaderAsync(id);

    /// <param name="node">As its bytes were read.</param>
    /// <param name="origin">Where it came from.</param>
    /// <param name="teller">On whose word it was fetched.</param>
    public async ValueTask<TakeResult> TakeAsync(ReplicaNode node, NodeOrigin origin, PeerId? teller)
    {
        if (await KnowsAsync(node.Id))
            return TakeResult.Known;
        var room = origin.IsOwn ? options.MaxStoreBytes + options.OwnStoreBytes : options.MaxStoreBytes;
        if (Bytes + node.Data.Length > room)
        {
            ReplicaInstruments.LimitHit(nameof(ReplicaOptions.MaxStoreBytes));
            return TakeResult.NoRoom;
        }

        if (teller is { } peer && !TryShare(peer, node.Data.Length))
        {
            ReplicaInstruments.LimitHit(nameof(ReplicaOptions.MaxStoreBytesPerTeller));
            return TakeResult.OverShare;
        }

        Bytes += node.Data.Length;
        _commit.Nodes[node.Id] = new NodeRow(
            node.Id, node.Data, 0, 0, node.Priority, QuarantineReason.None, origin.IsOwn, origin.FirstFrom, origin.SeenAt);
        if (_absent.Remove(node.Id))
        {
            _commit.Absent[node.Id] = false;
            NeedsRebuild = true;
        }

        await PlaceAsync(new KnownNode(node, origin), teller);
        return TakeResult.Taken;
    }

    /// <summary>Nobody has it: those who wait for it do so no longer.</summary>
    public async ValueTask GiveUpAsync(NodeId id)
    {
        if (!Loose.IsWaitedFor(id) || Loose.Contains(id) || !_absent.Add(id))
            return;
        _commit.Absent[id] = true;
        await SettleAllAsync(Loose.Release(id));
    }

    /// <summary>Judges everything anew that found no room when it came.</summary>
    public async ValueTask JudgeAgainAsync()
    {
        Set.LookAgain();
        while (await Set.JudgeAgainAsync(CommitAt, _commit))
            await CommitAsync();
        await CommitAsync();
    }

    /// <summary>Makes all that happened durable.</summary>
    public async ValueTask CommitAsync()
    {
        IReadOnlyList<NodeId> heads = [.. (_tips.Count > 0 ? _tips.Keys : Loose.Tips).Order()];
        if (!heads.SequenceEqual(Heads))
            _commit.Heads = heads;
        if (_commit.IsEmpty)
            return;
        var commit = _commit;
        _commit = new ReplicaCommit();
        await store.CommitAsync(commit, CancellationToken.None);
        Heads = heads;
        _nodes.Committed();
        Committed?.Invoke(commit.Nodes.Keys);
    }

    /// <summary>Drops what waits on the word of one peer, the one with most; answers whom, or null when nothing waits.</summary>
    public PeerId? MakeRoom()
    {
        if (Loose.Heaviest() is not { } teller)
            return null;
        Drop(teller);
        return teller;
    }

    /// <summary>Drops what waits on the word of a peer.</summary>
    public void Drop(PeerId teller)
    {
        foreach (var (id, node) in Loose.Drop(teller))
        {
            Bytes -= node.Bytes;
            if (!_commit.Nodes.Remove(id))
                _commit.Forgotten.Add(id);
            _nodes.Forget(id);
            LooseValues.Remove(id);
        }
    }

    /// <summary>While there is plenty, everybody may fill it: a newcomer has the whole past from one peer.</summary>
    private bool TryShare(PeerId teller, int bytes)
    {
        if (_bytesByTeller.Count >= MostTellers)
            _bytesByTeller.Clear();
        var share = _bytesByTeller.GetValueOrDefault(teller) + bytes;
        if (share > options.MaxStoreBytesPerTeller && Bytes + bytes > options.MaxStoreBytes / 2)
            return false;
        _bytesByTeller[teller] = share;
        return true;
    }

    private async ValueTask PlaceAsync(KnownNode known, PeerId? teller)
    {
        var node = known.Node;
        _nodes.Add(known);
        var missing = new List<NodeId>();
        foreach (var parent in node.Parents)
        {
            if (!_absent.Contains(parent) && !await _nodes.IsSettledAsync(parent))
                missing.Add(parent);
        }

        if (missing.Count == 0)
        {
            await SettleAllAsync([node.Id]);
            return;
        }

        Loose.Add(node.Id, new LooseNode(node.Parents, node.Priority, node.Data.Length, teller), missing);
        LooseValues.Add(known);
    }

    private async ValueTask SettleAllAsync(List<NodeId> ready)
    {
        var queue = new Queue<NodeId>(ready);
        while (queue.TryDequeue(out var id))
        {
            if (await _nodes.ReadAsync(id) is not { } known)
                throw new InvalidOperationException($"Node {id} is kept and cannot be read.");
            await SettleAsync(known);
            foreach (var child in Loose.Release(id))
                queue.Enqueue(child);
            if (_commit.Count >= CommitAt)
                await CommitAsync();
        }
    }

    private async ValueTask SettleAsync(KnownNode known)
    {
        var node = known.Node;
        var (height, claim, complete) = (0UL, 0UL, true);
        foreach (var parent in node.Parents)
        {
            // Parents that are absent count for nothing.
            if (await _nodes.HeaderAsync(parent) is { IsSettled: true } header)
                (height, claim) = (Math.Max(height, header.Height), Math.Max(claim, header.Priority));
            else
                complete = false;
        }

        height++;
        var verdict = _judge.OfNode(node, height, claim, complete);
        _commit.Settle(new NodeSettled(node.Id, ++_sequence, height, verdict));
        _nodes.Settle(node.Id, height, node.Priority);
        Loose.Settled(node.Id);
        LooseValues.Remove(node.Id);
        foreach (var parent in node.Parents)
            _tips.Remove(parent);
        _tips.Add(node.Id, height);
        await Set.MergeAsync(known, height, verdict, _commit);
        ReplicaInstruments.Settled();
    }
}
