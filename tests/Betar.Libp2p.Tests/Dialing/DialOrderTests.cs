using Betar.Libp2p.Dialing;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Orleans.Testing;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Dialing;

/// <summary>What holds of every order of dials, and of every history of failures, against slow rules.</summary>
public sealed class DialOrderTests
{
    private static readonly string[] Kinds =
    [
        "/ip4/127.0.0.1/tcp/{0}", "/ip4/10.0.0.1/tcp/{0}", "/ip4/8.8.8.8/tcp/{0}", "/ip4/8.8.8.8/tcp/{0}/ws", "/ip4/8.8.4.4/udp/{0}/quic-v1", "/ip6/2a00::1/tcp/{0}",
        "/ip6/2a00::1/udp/{0}/quic-v1", "/ip6/fd00::1/tcp/{0}", "/ip6/2a00::2/tcp/{0}/ws", "/memory/{0}",
    ];

    [Fact]
    public void Every_order_keeps_the_rules() => Assert.All(Enumerable.Range(0, 200), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var options = new DialOptions();
        Multiaddr[] addresses = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Multiaddr.Parse(string.Format(null, Kinds[random.Next(Kinds.Length)], random.Next(1, 5))))];

        var ranked = DialRanker.Rank(addresses, options);

        Assert.Equal(addresses.ToHashSet(), ranked.Select(one => one.Address).ToHashSet());
        Assert.Equal(addresses.Distinct().Count(), ranked.Count);
        Assert.Equal(TimeSpan.Zero, ranked[0].Delay);
        Assert.All(ranked.Skip(1), one => Assert.Equal(AddressScope.IsPublic(one.Address) ? options.PublicDelay : options.PrivateDelay, one.Delay));
        // Groups never go back, and inside of one no family comes three times while the other one waits.
        Assert.Equal(ranked.Select(Group).Order(), ranked.Select(Group));
        foreach (var group in ranked.GroupBy(Group))
        {
            var families = group.Select(one => AddressScope.IsIPv6(one.Address)).ToList();
            var fewer = Math.Min(families.Count(six => six), families.Count(six => !six));
            Assert.Equal(families.Take(2 * fewer), Enumerable.Range(0, 2 * fewer).Select(i => i % 2 == 0));
        }
    });

    [Fact]
    public void The_order_of_what_is_equal_is_the_callers()
    {
        Multiaddr[] addresses = [.. new[] { 3, 1, 2 }.Select(port => Multiaddr.Parse($"/ip4/8.8.8.8/tcp/{port}"))];
        Assert.Equal(addresses, DialRanker.Rank(addresses, new DialOptions()).Select(one => one.Address));
    }

    [Fact]
    public void Nothing_ranked_is_nothing() => Assert.Empty(DialRanker.Rank([], new DialOptions()));

    [Fact]
    public void Whatever_fails_and_succeeds_an_address_rests_as_long_as_the_rule_says() => Assert.All(Enumerable.Range(0, 20), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var time = new ManualTimeProvider();
        var options = new DialOptions();
        var backoff = new AddressBackoff(options, time);
        var model = new Dictionary<int, (int Failures, DateTimeOffset Until)>();
        for (var step = 0; step < 300; step++)
        {
            var port = random.Next(1, 6);
            var address = Multiaddr.Parse($"/ip4/8.8.8.8/tcp/{port}");
            time.Advance(TimeSpan.FromSeconds(random.Next(30)));
            switch (random.Next(4))
            {
                case 0:
                    backoff.Succeeded(address);
                    model.Remove(port);
                    break;
                case 1:
                    backoff.Failed(address);
                    var failures = model.TryGetValue(port, out var before) ? before.Failures + 1 : 1;
                    var seconds = Math.Min(options.BackoffMax.TotalSeconds, options.BackoffBase.TotalSeconds * Math.Pow(2, failures - 1));
                    model[port] = (failures, time.GetUtcNow() + TimeSpan.FromSeconds(seconds));
                    break;
                default:
                    Assert.True(backoff.IsResting(address) == (model.TryGetValue(port, out var rest) && time.GetUtcNow() < rest.Until), $"seed {TestSeed.Value}, round {round}, step {step}");
                    break;
            }
        }
    });

    private static (bool, int) Group(RankedAddress one) => (AddressScope.IsPublic(one.Address),
        one.Address.Has(MultiaddrCode.QuicV1) ? 0 : one.Address.Has(MultiaddrCode.Ws) ? 2 : 1);
}
