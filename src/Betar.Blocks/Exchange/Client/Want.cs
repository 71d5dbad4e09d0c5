using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange.Peers;
using Betar.Blocks.Exchange.Wire;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Exchange.Client;

/// <summary>
/// A block that is being fetched: who waits for it, who was asked, and who is asked next. First one of those that probably have it; when none of them
/// is left, or after a while, others are asked whether they have it, and of those that have it one at a time, and more at once as time goes by.
/// Guarded by the client's lock; sending only queues.
/// </summary>
internal sealed class Want(Cid cid, PeerTable peers, BitswapOptions options, BlocksMeter meter, Random random, DateTimeOffset now)
{
    private const int MaxLikely = 64;
    private const int MaxParallel = 8;

    private readonly Dictionary<BitswapPeer, Ask> _asks = [];
    private readonly List<PeerId> _likely = [];
    private readonly DateTimeOffset _startedAt = now;
    private DateTimeOffset _sentAt = now;
    private DateTimeOffset _broadcastAt;
    private bool _broadcast;

    public Cid Cid => cid;

    public List<Waiter> Waiters { get; } = [];

    public bool IsOver(DateTimeOffset now) => now - _startedAt >= options.FetchTimeout;

    public void AddLikely(IReadOnlyList<PeerId> likely)
    {
        foreach (var peer in likely)
        {
            if (_likely.Count < MaxLikely && !_likely.Contains(peer))
                _likely.Add(peer);
        }
    }

    /// <summary>Asks whoever is to be asked now.</summary>
    public void Drive(DateTimeOffset now)
    {
        Expire(now);
        if (now - _sentAt >= options.ResendInterval)
            Resend(now);
        var parallel = Math.Clamp((int)((now - _startedAt) / options.BlockTimeout), 1, MaxParallel);
        var active = _asks.Count(ask => ask.Value.State == AskState.Wanted);
        while (active < parallel && Next(now) is { } peer)
        {
            Send(peer, WantType.Block, now);
            active++;
        }

        // Some may have been left alone when the others were asked.
        if (active == 0 && now - _broadcastAt >= options.BroadcastDelay && _asks.Values.All(ask => ask.State != AskState.Asked))
            _broadcast = false;
        if (!_broadcast && (active == 0 || now - _startedAt >= options.BroadcastDelay))
            Broadcast(active == 0, now);
    }

    /// <summary>Nobody knows what a new peer has.</summary>
    public void OnCame(BitswapPeer peer, DateTimeOffset now)
    {
        Drive(now);
        if (_broadcast && _asks.Count < options.MaxBroadcastPeers + MaxLikely && !_asks.ContainsKey(peer) && IsAble(peer, now))
            Send(peer, _asks.Values.Any(ask => ask.State == AskState.Wanted) ? WantType.Have : WantType.Block, now);
    }

    public void OnGone(BitswapPeer peer, DateTimeOffset now)
    {
        if (!_asks.Remove(peer, out var ask))
            return;
        Leave(peer, ask);
        Drive(now);
    }

    public void OnPresence(BitswapPeer peer, bool has, DateTimeOffset now)
    {
        if (!_asks.TryGetValue(peer, out var ask))
            return;
        if (has && ask.State is AskState.Asked or AskState.HasNot)
            Set(peer, ask, AskState.Has);
        else if (!has)
            Set(peer, ask, AskState.HasNot);
        Drive(now);
    }

    /// <summary>Nothing that was sent to the peer arrives.</summary>
    public void OnNotSent(BitswapPeer peer, DateTimeOffset now)
    {
        if (!_asks.TryGetValue(peer, out var ask))
            return;
        Set(peer, ask, AskState.Silent);
        Drive(now);
    }

    /// <summary>It is wanted no more: everybody who was asked is told, but the one that sent it, who knows.</summary>
    public void End(BitswapPeer? sender)
    {
        foreach (var (peer, ask) in _asks)
        {
            Leave(peer, ask);
            if (peer != sender)
                peer.Control.Add(new WantEntry(cid, WantType.Block, SendDontHave: false, Priority: 0, Cancel: true));
        }

        _asks.Clear();
    }

    private void Expire(DateTimeOffset now)
    {
        foreach (var (peer, ask) in _asks)
        {
            // A peer that is busy sending other blocks that we want is not silent.
            var since = ask.At > peer.Standing.LastDelivery ? ask.At : peer.Standing.LastDelivery;
            if (ask.State != AskState.Wanted || now - since < options.BlockTimeout)
                continue;
            Set(peer, ask, AskState.Silent);
            peer.Standing.Fail(now, options);
            meter.Hit(BlocksLimit.BlockTimeout);
        }
    }

    /// <summary>Messages get lost with a stream, and blocks come where they were not: after a while everybody is asked anew, and others are.</summary>
    private void Resend(DateTimeOffset now)
    {
        foreach (var (peer, ask) in _asks.ToArray())
            Send(peer, ask.State == AskState.Wanted ? WantType.Block : WantType.Have, now);
        _broadcast = false;
    }

    /// <summary>The best of those that may have it; null: there is none now.</summary>
    private BitswapPeer? Next(DateTimeOffset now)
    {
        var candidates = _asks.Where(ask => ask.Value.State == AskState.Has || (ask.Value.State == AskState.Silent && now - ask.Value.At >= options.BlockTimeout))
            .Select(ask => ask.Key)
            .Concat(_likely.Select(peers.Find).OfType<BitswapPeer>().Where(peer => !_asks.ContainsKey(peer)))
            .Where(peer => IsAble(peer, now));
        return candidates.MinBy(Order);
    }

    private void Broadcast(bool alone, DateTimeOffset now)
    {
        (_broadcast, _broadcastAt) = (true, now);
        var others = peers.All.Where(peer => !_asks.ContainsKey(peer) && IsAble(peer, now)).ToArray();
        random.Shuffle(others);
        var chosen = others.OrderBy(Order).Take(options.MaxBroadcastPeers).ToArray();
        // Nobody is being waited for: the best one may have it, and saves a round trip if it has.
        for (var i = 0; i < chosen.Length; i++)
            Send(chosen[i], alone && i == 0 ? WantType.Block : WantType.Have, now);
    }

    private static bool IsAble(BitswapPeer peer, DateTimeOffset now) => !peer.Standing.IsUnable && peer.Standing.BackoffUntil <= now;

    // Those that delivered before first; among them who has the least to do.
    private static (bool, int) Order(BitswapPeer peer) => (peer.Standing.Delivered == 0, peer.Standing.Active);

    private void Send(BitswapPeer peer, WantType type, DateTimeOffset now)
    {
        _sentAt = now;
        if (!_asks.TryGetValue(peer, out var ask))
        {
            _asks.Add(peer, ask = new Ask());
            peer.Standing.Asked++;
        }

        ask.At = now;
        Set(peer, ask, type == WantType.Block ? AskState.Wanted : AskState.Asked);
        peer.Control.Add(new WantEntry(cid, type));
    }

    private static void Set(BitswapPeer peer, Ask ask, AskState state)
    {
        peer.Standing.Active += (state == AskState.Wanted ? 1 : 0) - (ask.State == AskState.Wanted ? 1 : 0);
        ask.State = state;
    }

    private static void Leave(BitswapPeer peer, Ask ask)
    {
        Set(peer, ask, AskState.HasNot);
        peer.Standing.Asked--;
    }
}
