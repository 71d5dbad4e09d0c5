using System.Net;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Scoring;
using Betar.Libp2p.PubSub.Wire;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.PubSub.Routing;

/// <summary>What the router remembers, piece by piece: each forgets in time, and none grows beyond its limit.</summary>
public sealed class MemoryTests : IDisposable
{
    private const string Topic = "topic";

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly LimitMeter _meter = new();
    private readonly List<IdentityKey> _keys = [.. Enumerable.Range(1, 4).Select(seed => IdentityKey.FromEd25519Seed([.. Enumerable.Repeat((byte)seed, 32)]))];
    private ulong _sequence;

    public void Dispose() => _keys.ForEach(key => key.Dispose());

    [Fact]
    public void A_seen_message_is_known_until_its_time_is_over()
    {
        var seen = new SeenMessages(new GossipLimitOptions { SeenTtl = 10 * s_second }, _meter);
        var delivery = seen.Add(Id(1), TimeSpan.Zero);

        Assert.Same(delivery, seen.Find(Id(1)));
        Assert.Null(seen.Find(Id(2)));
        seen.Expire(9.9 * s_second);
        Assert.Same(delivery, seen.Find(Id(1)));
        seen.Expire(10 * s_second);
        Assert.Null(seen.Find(Id(1)));
        Assert.Equal(0, seen.Count);
    }

    [Fact]
    public void Of_too_many_seen_messages_the_oldest_is_forgotten_and_that_is_counted()
    {
        var seen = new SeenMessages(new GossipLimitOptions { SeenMessages = 3 }, _meter);
        for (var n = 0; n < 5; n++)
            seen.Add(Id(n), n * s_second);

        Assert.Equal((3, 2L), (seen.Count, _meter.Count(GossipCap.SeenMessages)));
        Assert.Null(seen.Find(Id(1)));
        Assert.NotNull(seen.Find(Id(2)));
    }

    [Fact]
    public void A_cached_message_is_told_of_for_some_heartbeats_and_kept_for_more()
    {
        var cache = new MessageCache(new GossipMeshOptions { HistoryGossip = 2, HistoryLength = 4 }, new GossipLimitOptions(), _meter);
        var message = Message();
        cache.Put(message);

        List<(int Told, bool Kept)> beats = [];
        for (var beat = 0; beat < 5; beat++)
        {
            beats.Add((cache.IdsOf(Topic).Count, cache.Find(message.Id, Peer(0), out _) is not null));
            cache.Shift();
        }

        Assert.Equal([(1, true), (1, true), (0, true), (0, true), (0, false)], beats);
        Assert.Equal((0, 0L), (cache.Count, cache.Bytes));
    }

    [Fact]
    public void Only_messages_of_the_topic_are_told_of()
    {
        var cache = new MessageCache(new GossipMeshOptions(), new GossipLimitOptions(), _meter);
        var (one, other) = (Message(), Message("other"));
        cache.Put(one);
        cache.Put(other);

        Assert.Equal([one.Id], cache.IdsOf(Topic));
        Assert.Equal([other.Id], cache.IdsOf("other"));
        Assert.Empty(cache.IdsOf("third"));
    }

    [Fact]
    public void How_often_somebody_asked_is_counted_for_each_by_itself()
    {
        var cache = new MessageCache(new GossipMeshOptions(), new GossipLimitOptions(), _meter);
        var message = Message();
        cache.Put(message);
        cache.Put(message);

        cache.Find(message.Id, Peer(0), out var first);
        cache.Find(message.Id, Peer(0), out var second);
        cache.Find(message.Id, Peer(1), out var other);
        Assert.Null(cache.Find(Id(9), Peer(0), out var unknown));
        Assert.Equal((1, 2, 1, 0, 1), (first, second, other, unknown, cache.Count));
    }

    [Fact]
    public void A_cache_of_bytes_drops_the_oldest_wherever_they_are()
    {
        var size = Message().Raw.Length;
        var cache = new MessageCache(new GossipMeshOptions { HistoryLength = 10 }, new GossipLimitOptions { CacheBytes = 3 * size }, _meter);
        List<WireMessage> messages = [.. Enumerable.Range(0, 6).Select(_ => Message())];
        foreach (var message in messages)
        {
            cache.Put(message);
            cache.Shift();
        }

        Assert.Equal((3, 3L * size, 3L), (cache.Count, cache.Bytes, _meter.Count(GossipCap.CacheBytes)));
        Assert.All(messages[..3], message => Assert.Null(cache.Find(message.Id, Peer(0), out _)));
        Assert.All(messages[3..], message => Assert.NotNull(cache.Find(message.Id, Peer(0), out _)));
    }

    [Fact]
    public void A_message_larger_than_the_cache_is_not_kept_and_breaks_nothing()
    {
        var cache = new MessageCache(new GossipMeshOptions(), new GossipLimitOptions { CacheBytes = 10 }, _meter);
        cache.Put(Message());
        cache.Put(Message());

        Assert.Equal((0, 0L), (cache.Count, cache.Bytes));
    }

    [Fact]
    public void A_backoff_holds_for_its_topic_and_its_peer_and_is_never_cut_short()
    {
        var backoffs = new Backoffs(new GossipLimitOptions(), _meter);
        backoffs.Add(Topic, Peer(0), 60 * s_second);
        backoffs.Add(Topic, Peer(0), 10 * s_second);

        Assert.Equal(60 * s_second, backoffs.Until(Topic, Peer(0)));
        Assert.Null(backoffs.Until("other", Peer(0)));
        Assert.Null(backoffs.Until(Topic, Peer(1)));
        backoffs.Add(Topic, Peer(0), 70 * s_second);
        backoffs.Expire(69 * s_second);
        Assert.Equal(70 * s_second, backoffs.Until(Topic, Peer(0)));
        backoffs.Expire(70 * s_second);
        Assert.Equal((null, 0), (backoffs.Until(Topic, Peer(0)), backoffs.Count));
    }

    [Fact]
    public void Of_too_many_backoffs_the_one_that_ends_first_is_forgotten()
    {
        var backoffs = new Backoffs(new GossipLimitOptions { Backoffs = 2 }, _meter);
        backoffs.Add(Topic, Peer(0), 30 * s_second);
        backoffs.Add(Topic, Peer(1), 10 * s_second);
        backoffs.Add(Topic, Peer(2), 20 * s_second);

        Assert.Equal((2, 1L), (backoffs.Count, _meter.Count(GossipCap.Backoffs)));
        Assert.Null(backoffs.Until(Topic, Peer(1)));
        Assert.NotNull(backoffs.Until(Topic, Peer(2)));
    }

    [Fact]
    public void A_promise_is_broken_once_when_its_time_is_over()
    {
        var promises = new Promises(3 * s_second);
        promises.Add(Peer(0), Id(1), TimeSpan.Zero);
        promises.Add(Peer(0), Id(2), TimeSpan.Zero);
        promises.Add(Peer(1), Id(1), s_second);

        Assert.Empty(promises.TakeBroken(2.9 * s_second));
        Assert.Equal([(Peer(0), 2)], promises.TakeBroken(3 * s_second).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([(Peer(1), 1)], promises.TakeBroken(4 * s_second).Select(pair => (pair.Key, pair.Value)));
        Assert.Empty(promises.TakeBroken(100 * s_second));
        Assert.Equal(0, promises.Count);
    }

    [Fact]
    public void A_promise_that_anybody_kept_is_nobodys_any_more()
    {
        var promises = new Promises(3 * s_second);
        promises.Add(Peer(0), Id(1), TimeSpan.Zero);
        promises.Add(Peer(1), Id(1), TimeSpan.Zero);
        promises.Fulfil(Id(1));
        promises.Fulfil(Id(7));

        Assert.Empty(promises.TakeBroken(10 * s_second));
    }

    [Fact]
    public void Saying_it_again_gives_no_more_time()
    {
        var promises = new Promises(3 * s_second);
        promises.Add(Peer(0), Id(1), TimeSpan.Zero);
        promises.Add(Peer(0), Id(1), 2 * s_second);

        Assert.Equal(1, promises.TakeBroken(3 * s_second)[Peer(0)]);
    }

    [Theory]
    [InlineData("203.0.113.7", 0)]
    [InlineData("127.0.0.1", 0)]
    [InlineData("::1", 0)]
    public void Up_to_the_threshold_peers_of_one_address_cost_nothing(string address, double surplus)
    {
        var colocation = new Colocation(new GossipScoreOptions { ColocationThreshold = 2 });
        colocation.Add(IPAddress.Parse(address), Peer(0));
        colocation.Add(IPAddress.Parse(address), Peer(1));
        colocation.Add(IPAddress.Parse(address), Peer(1));

        Assert.Equal(surplus, colocation.SurplusOf(IPAddress.Parse(address)));
        Assert.Equal(0, colocation.SurplusOf(null));
    }

    [Fact]
    public void Beyond_it_the_square_counts_until_they_go()
    {
        var colocation = new Colocation(new GossipScoreOptions { ColocationThreshold = 1 });
        var (address, other) = (IPAddress.Parse("203.0.113.7"), IPAddress.Parse("203.0.113.8"));
        for (var n = 0; n < 4; n++)
            colocation.Add(address, Peer(n));

        Assert.Equal((9.0, 0.0), (colocation.SurplusOf(address), colocation.SurplusOf(other)));
        colocation.Remove(address, Peer(0));
        colocation.Remove(address, Peer(0));
        colocation.Remove(other, Peer(1));
        colocation.Remove(null, Peer(1));
        Assert.Equal(4, colocation.SurplusOf(address));
    }

    [Fact]
    public void Whatever_is_put_and_shifted_the_cache_counts_its_bytes_right()
    {
        var random = new Random(TestSeed.Value);
        var cache = new MessageCache(new GossipMeshOptions { HistoryLength = 3 }, new GossipLimitOptions { CacheBytes = 2_000 }, _meter);
        List<WireMessage> all = [];
        for (var step = 0; step < 500; step++)
        {
            if (random.Next(4) == 0)
            {
                cache.Shift();
            }
            else
            {
                all.Add(Message(data: new byte[random.Next(300)]));
                cache.Put(all[^1]);
            }

            var kept = all.TakeLast(60).Where(message => cache.Find(message.Id, Peer(0), out _) is not null).ToList();
            Assert.True((kept.Count, kept.Sum(message => (long)message.Raw.Length)) == (cache.Count, cache.Bytes), $"seed {TestSeed.Value}, step {step}");
            Assert.InRange(cache.Bytes, 0, 2_000);
        }
    }

    private static MessageId Id(int number) => new([.. BitConverter.GetBytes(number)]);

    private PeerId Peer(int number) => _keys[number].PeerId;

    private WireMessage Message(string topic = Topic, byte[]? data = null) => WireMessage.Sign(_keys[0], topic, ++_sequence, data ?? [1, 2, 3]);
}
