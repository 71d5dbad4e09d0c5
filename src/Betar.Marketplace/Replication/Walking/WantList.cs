using Betar.Libp2p.Identity;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Walking;

/// <summary>
/// The nodes that are to be asked for: each on somebody's word, fairly between those who gave theirs, newest first, with pauses that grow
/// between attempts. Knows no clock but what it is told.
/// </summary>
internal sealed class WantList(ReplicaOptions options)
{
    private const int MostLater = 32;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<NodeId, Want> _wants = [];
    private readonly Dictionary<PeerId, TellerLane> _lanes = [];
    private readonly LinkedList<PeerId> _turns = [];
    private readonly PriorityQueue<Want, DateTimeOffset> _resting = new();
    private readonly Dictionary<PeerId, int> _headsByTeller = [];
    private readonly Dictionary<PeerId, int> _headsBySender = [];

    /// <summary>The last heads of each author who had told too many, for when there is room.</summary>
    private readonly Dictionary<PeerId, LinkedList<(NodeId Head, PeerId Sender)>> _later = [];

    public int Count => _wants.Count;

    public int LaneCount => _lanes.Count;

    public bool Contains(NodeId id) => _wants.ContainsKey(id);

    public Want? Find(NodeId id) => _wants.GetValueOrDefault(id);

    /// <summary>A head that was told. False: the peer has told too many that are not here yet; the last of them are asked for when there is room.</summary>
    public bool TryAddHead(NodeId id, PeerId author, PeerId sender, DateTimeOffset now)
    {
        if (_wants.TryGetValue(id, out var known))
        {
            known.AddLikely(author);
            known.AddLikely(sender);
            return true;
        }

        if (_headsByTeller.GetValueOrDefault(author) >= options.MaxUnknownHeadsPerAuthor)
        {
            ReplicaInstruments.LimitHit(nameof(ReplicaOptions.MaxUnknownHeadsPerAuthor));
            Postpone(id, author, sender);
            return false;
        }

        if (_headsBySender.GetValueOrDefault(sender) >= options.MaxUnknownHeadsPerSender)
        {
            ReplicaInstruments.LimitHit(nameof(ReplicaOptions.MaxUnknownHeadsPerSender));
            return false;
        }

        _headsByTeller[author] = _headsByTeller.GetValueOrDefault(author) + 1;
        _headsBySender[sender] = _headsBySender.GetValueOrDefault(sender) + 1;
        var want = new Want(id, author, now) { IsHead = true, Sender = sender, Rank = ulong.MaxValue };
        want.AddLikely(author);
        want.AddLikely(sender);
        Add(want, now);
        return true;
    }

    /// <summary>A node that something that is here stands on.</summary>
    public void AddParent(NodeId id, PeerId? teller, IReadOnlyList<PeerId> likely, ulong rank, DateTimeOffset now)
    {
        if (!_wants.TryGetValue(id, out var want))
            Add(want = new Want(id, teller, now) { Rank = rank }, now);
        foreach (var peer in likely)
            want.AddLikely(peer);
    }

    /// <summary>
    /// The next one to ask for; null: nothing may be asked for now. Nobody's word takes more than half of what is free, so that silent peers
    /// leave something for others.
    /// </summary>
    public Want? Next(DateTimeOffset now, int free = int.MaxValue)
    {
        while (_resting.TryPeek(out var rested, out var until) && until <= now)
        {
            _resting.Dequeue();
            if (_wants.ContainsKey(rested.Id))
                Enqueue(rested, now);
        }

        for (var looks = _turns.Count; looks > 0; looks--)
        {
            var turn = _turns.First!;
            _turns.RemoveFirst();
            _turns.AddLast(turn);
            var lane = _lanes[turn.Value];
            while (lane.Waiting.Count > 0 && lane.IsOpen(now) && (lane.InFlight == 0 || lane.InFlight < free))
            {
                if (!_wants.TryGetValue(lane.Waiting.Dequeue(), out var want) || want.InFlight)
                    continue;
                lane.Spend(1, 0, now);
                want.InFlight = true;
                lane.InFlight++;
                return want;
            }
        }

        return null;
    }

    /// <summary>When <see cref="Next"/> may have one again; null: not by waiting.</summary>
    public TimeSpan? UntilNext(DateTimeOffset now)
    {
        TimeSpan? least = _resting.TryPeek(out _, out var until) ? until - now : null;
        foreach (var lane in _lanes.Values.Where(lane => lane.Waiting.Count > 0))
        {
            var wait = lane.Until(now);
            least = least is null || wait < least ? wait : least;
        }

        return least < TimeSpan.Zero ? TimeSpan.Zero : least;
    }

    /// <summary>The attempt is over, whatever it brought.</summary>
    public void Landed(Want want)
    {
        if (want.InFlight && _lanes.TryGetValue(want.Teller ?? default, out var lane) && lane.InFlight > 0)
            lane.InFlight--;
        want.InFlight = false;
    }

    /// <summary>It did not come; it is asked for again after a pause.</summary>
    public void Rest(Want want, DateTimeOffset now)
    {
        Landed(want);
        var pause = options.RetryDelay * Math.Pow(2, Math.Min(want.Attempts++, 16));
        _resting.Enqueue(want, now + (pause < LongestPause ? pause : LongestPause));
    }

    /// <summary>Everything that pauses is asked for now: somebody new may have it.</summary>
    public void WakeAll(PeerId newcomer, DateTimeOffset now)
    {
        foreach (var (want, _) in _resting.UnorderedItems.OrderBy(item => item.Element.Id).ToList())
        {
            want.AddLikely(newcomer);
            if (_wants.ContainsKey(want.Id))
                Enqueue(want, now);
        }

        _resting.Clear();
    }

    public void Spend(PeerId teller, int nodes, int bytes, DateTimeOffset now) => LaneOf(teller, now).Spend(nodes, bytes, now);

    /// <summary>How long until this peer's word is good for more.</summary>
    public TimeSpan Until(PeerId teller, DateTimeOffset now) => LaneOf(teller, now).Until(now);

    public bool Remove(NodeId id, DateTimeOffset now)
    {
        if (!_wants.Remove(id, out var want))
            return false;
        if (want is { IsHead: true, Teller: { } teller, Sender: { } sender })
        {
            Decrement(_headsByTeller, teller);
            Decrement(_headsBySender, sender);
            Resume(teller, now);
        }

        return true;
    }

    /// <summary>All that is asked for on the word of a peer is not any more.</summary>
    public void Drop(PeerId teller, DateTimeOffset now)
    {
        _later.Remove(teller);
        foreach (var id in _wants.Values.Where(want => want.Teller == teller).Select(want => want.Id).ToList())
            Remove(id, now);
    }

    /// <summary>Forgets peers on whose word nothing waits and whose allowance is whole again or not worth keeping.</summary>
    public void ForgetIdleLanes(int most)
    {
        for (var node = _turns.First; node is not null && _lanes.Count > most;)
        {
            var next = node.Next;
            if (_lanes[node.Value] is { Waiting.Count: 0, InFlight: 0 })
            {
                _lanes.Remove(node.Value);
                _turns.Remove(node);
            }

            node = next;
        }
    }

    private void Postpone(NodeId head, PeerId author, PeerId sender)
    {
        if (!_later.TryGetValue(author, out var later))
            _later.Add(author, later = []);
        if (later.Any(known => known.Head == head))
            return;
        later.AddLast((head, sender));
        if (later.Count > MostLater)
            later.RemoveFirst();
    }

    private void Resume(PeerId author, DateTimeOffset now)
    {
        if (!_later.TryGetValue(author, out var later))
            return;
        var (head, sender) = later.Last!.Value;
        later.RemoveLast();
        if (later.Count == 0)
            _later.Remove(author);
        TryAddHead(head, author, sender, now);
    }

    private static void Decrement(Dictionary<PeerId, int> counts, PeerId peer)
    {
        if (--counts[peer] == 0)
            counts.Remove(peer);
    }

    private void Add(Want want, DateTimeOffset now)
    {
        _wants.Add(want.Id, want);
        Enqueue(want, now);
    }

    private void Enqueue(Want want, DateTimeOffset now) =>
        LaneOf(want.Teller ?? default, now).Waiting.Enqueue(want.Id, (ulong.MaxValue - want.Rank, want.Id));

    private TellerLane LaneOf(PeerId teller, DateTimeOffset now)
    {
        if (!_lanes.TryGetValue(teller, out var lane))
        {
            _lanes.Add(teller, lane = new TellerLane(options, now));
            _turns.AddLast(teller);
        }

        return lane;
    }
}
