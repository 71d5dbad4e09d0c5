using System.Net;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Orleans.Testing;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Peers;

/// <summary>What is believed of our own address, against a list of everything that was ever said.</summary>
public sealed class ObservedAddressesModelTests
{
    [Fact]
    public void What_is_believed_is_what_enough_networks_have_said_lately() => Assert.All(Enumerable.Range(0, 40), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var time = new ManualTimeProvider();
        var options = new ObservedAddressOptions { Observers = random.Next(1, 5), Candidates = 100, ObserversPerAddress = 100, Life = TimeSpan.FromMinutes(30) };
        var observed = new ObservedAddresses(options, new LimitMeter(), time);
        var said = new List<(Multiaddr Address, string Network, DateTimeOffset At)>();
        for (var step = 0; step < 150; step++)
        {
            time.Advance(TimeSpan.FromMinutes(random.Next(4)));
            var address = Multiaddr.Parse($"/ip4/8.8.8.8/tcp/{random.Next(1, 6)}");
            var observer = Observer(random);
            observed.Add(address, Multiaddr.Parse($"/ip4/{observer}/tcp/{random.Next(1, 60_000)}"));
            if (IsOutside(observer))
                said.Add((address, string.Join('.', observer.Split('.').Take(2)), time.GetUtcNow()));

            var expected = said.Where(word => time.GetUtcNow() - word.At <= options.Life).GroupBy(word => word.Address)
                .Select(words => (words.Key, Count: words.Select(word => word.Network).Distinct().Count())).Where(one => one.Count >= options.Observers).ToList();
            var believed = observed.Believed;
            Assert.True(
                expected.Select(one => one.Key).ToHashSet().SetEquals(believed), $"seed {TestSeed.Value}, round {round}, step {step}: {string.Join(' ', believed)}");
            Assert.Equal(expected.Select(one => one.Count).OrderDescending(), believed.Select(address => expected.Single(one => one.Key.Equals(address)).Count));
        }
    });

    [Fact]
    public void However_many_addresses_are_invented_no_more_are_looked_at_than_allowed() => Assert.All(Enumerable.Range(0, 10), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var options = new ObservedAddressOptions { Candidates = 5, ObserversPerAddress = 3 };
        var meter = new LimitMeter();
        var observed = new ObservedAddresses(options, meter, new ManualTimeProvider());
        for (var step = 0; step < 200; step++)
            observed.Add(Multiaddr.Parse($"/ip4/8.8.{random.Next(256)}.8/tcp/{random.Next(1, 60_000)}"), Multiaddr.Parse($"/ip4/{Observer(random)}/tcp/1"));

        Assert.InRange(observed.Count, 1, 5);
        Assert.InRange(meter.Count(ObservedAddresses.CandidatesLimit), 50, 200);
    });

    private static string Observer(Random random) => random.Next(8) switch
    {
        0 => $"10.{random.Next(3)}.0.{random.Next(1, 9)}",
        1 => $"192.168.{random.Next(3)}.1",
        _ => $"9.{random.Next(6)}.{random.Next(3)}.{random.Next(1, 9)}",
    };

    private static bool IsOutside(string observer) => IPAddress.Parse(observer).GetAddressBytes()[0] == 9;
}
