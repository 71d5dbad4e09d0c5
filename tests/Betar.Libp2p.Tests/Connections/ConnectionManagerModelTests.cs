using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Tests.Support;
using Betar.Orleans.Testing;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Connections;

/// <summary>Who is closed, against a slow list of rules, over random tables.</summary>
public sealed class ConnectionManagerModelTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Those_who_are_chosen_are_those_of_the_rules() => Assert.All(Enumerable.Range(0, 150), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var table = new ConnectionTable();
        var options = new ConnectionManagerOptions { LowWater = random.Next(1, 6), HighWater = random.Next(6, 12) };
        var meter = new LimitMeter();
        // Our own id is the smallest or the greatest, so that duplicates are the other side's business or ours.
        var manager = new ConnectionManager(options, table, Somebody.Id(250), meter);
        var weights = new Dictionary<byte, int>();
        var guarded = new HashSet<byte>();
        for (var i = random.Next(25); i > 0; i--)
        {
            var peer = (byte)random.Next(1, 40);
            table.Add(Somebody.Connection(peer, _time, random.Next(2) == 0, new FakeMuxer { StreamCount = random.Next(3) }));
            _time.Advance(TimeSpan.FromSeconds(random.Next(20)));
            if (random.Next(4) == 0)
            {
                manager.Protect(Somebody.Id(peer), "test");
                guarded.Add(peer);
            }

            if (random.Next(3) == 0)
            {
                var weight = random.Next(-3, 4);
                manager.Tag(Somebody.Id(peer), "test", weight);
                weights[peer] = weight;
            }
        }

        var chosen = manager.Choose();

        var all = table.All;
        var duplicates = all.Where(connection => IsDuplicate(table, connection) && connection.Age >= options.DuplicateGrace && connection.IsIdle).ToHashSet();
        var left = all.Count - duplicates.Count;
        Assert.True(duplicates.SetEquals(chosen.Take(duplicates.Count)), Where(round));
        var victims = chosen.Skip(duplicates.Count).ToList();
        if (left <= options.HighWater)
        {
            Assert.True(victims.Count == 0, Where(round));
            Assert.Equal(0, meter.Count(ConnectionManager.HighWaterLimit));
            return;
        }

        var candidates = all.Except(duplicates)
            .Where(connection => connection.Age >= options.Grace && !guarded.Any(peer => Somebody.Id(peer) == connection.Peer)).ToList();
        Assert.True(victims.Count == Math.Min(candidates.Count, left - options.LowWater), Where(round));
        Assert.True(victims.All(candidates.Contains), Where(round));
        // Nobody who stays is worth less than somebody who goes.
        var worst = candidates.Except(victims).ToList();
        Assert.True(victims.All(victim => worst.All(stays => Worth(victim).CompareTo(Worth(stays)) <= 0)), Where(round));
        Assert.Equal(1, meter.Count(ConnectionManager.HighWaterLimit));

        (int, int, int, TimeSpan) Worth(PeerConnection connection) => (
            weights.Where(entry => Somebody.Id(entry.Key) == connection.Peer).Sum(entry => entry.Value),
            connection.IsIdle ? 0 : 1, connection.Inbound ? 0 : 1, connection.Age);
    });

    private static bool IsDuplicate(ConnectionTable table, PeerConnection connection) =>
        Somebody.Id(250).Bytes.SequenceCompareTo(connection.Peer.Bytes) > 0 && !ReferenceEquals(table.Of(connection.Peer)[^1], connection);

    private static string Where(int round) => $"seed {TestSeed.Value}, round {round}";
}
