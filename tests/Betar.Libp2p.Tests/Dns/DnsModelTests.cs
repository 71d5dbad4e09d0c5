using System.Net;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Multiformats;
using Betar.Orleans.Testing;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Dns;

/// <summary>Random worlds of names, with circles and dead ends, against a slow walk through them; and a cache against a plain list.</summary>
public sealed class DnsModelTests
{
    [Fact]
    public void Every_address_within_reach_is_found_and_none_twice() => Assert.All(Enumerable.Range(0, 150), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var world = World(random);
        var dns = new FakeResolver { Texts = name => world.TryGetValue(name, out var texts) ? texts : [] };
        // So high that only the depth ends anything.
        var options = new DnsOptions { MaxQueries = 10_000, MaxAddresses = 10_000 };

        var found = Resolve(dns, options);

        var expected = Walk(world, "n0", options.MaxDepth);
        Assert.True(expected.SetEquals(found), $"seed {TestSeed.Value}, round {round}: {string.Join(' ', found)} instead of {string.Join(' ', expected)}");
        Assert.Equal(found.Distinct().Count(), found.Count);
    });

    [Fact]
    public void However_the_names_are_tangled_questions_and_addresses_are_bounded() => Assert.All(Enumerable.Range(0, 150), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var world = World(random);
        var dns = new FakeResolver { Texts = name => world.TryGetValue(name, out var texts) ? texts : [] };
        var options = new DnsOptions { MaxQueries = random.Next(1, 12), MaxAddresses = random.Next(1, 6), MaxDepth = random.Next(1, 6) };

        var found = Resolve(dns, options);

        Assert.InRange(dns.Asked.Count, 1, options.MaxQueries);
        Assert.InRange(found.Count, 0, options.MaxAddresses);
        Assert.Subset(Walk(world, "n0", options.MaxDepth), found.ToHashSet());
    });

    [Fact]
    public void A_cache_answers_as_the_server_would_have_answered_within_the_life_of_its_word() => Assert.All(Enumerable.Range(0, 40), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var time = new ManualTimeProvider();
        var options = new DnsOptions { CachedAnswers = 1000 };
        var server = new ChangingServer(time);
        var cache = new CachingResolver(server, options, time);
        var model = new Dictionary<string, (DnsAnswer Answer, DateTimeOffset Until)>();
        for (var step = 0; step < 200; step++)
        {
            time.Advance(TimeSpan.FromSeconds(random.Next(20)));
            var name = $"n{random.Next(4)}.example";
            var answer = cache.ResolveAsync(random.Next(2) == 0 ? name : name.ToUpperInvariant() + ".", DnsRecordType.A, default).AsTask().Result;
            if (model.TryGetValue(name, out var known) && time.GetUtcNow() < known.Until)
            {
                Assert.True(ReferenceEquals(known.Answer, answer), $"seed {TestSeed.Value}, round {round}, step {step}");
                continue;
            }

            Assert.Same(server.Last, answer);
            model[name] = (answer, time.GetUtcNow() + Life(answer, options));
        }

        static TimeSpan Life(DnsAnswer answer, DnsOptions options) => answer.Status switch
        {
            DnsStatus.Found => answer.Life < options.CacheLife ? answer.Life : options.CacheLife,
            DnsStatus.NotFound => options.AbsenceLife,
            _ => TimeSpan.Zero,
        };
    });

    private static List<string> Resolve(FakeResolver dns, DnsOptions options) => [.. new AddressResolver(dns, options, new LimitMeter())
        .ResolveAsync(Multiaddr.Parse("/dnsaddr/n0"), default).AsTask().Result.Addresses.Select(address => address.ToString())];

    /// <summary>Some names; each leads to addresses, to other names, or to nothing that can be read.</summary>
    private static Dictionary<string, string[]> World(Random random) => Enumerable.Range(0, 6).ToDictionary(
        i => $"_dnsaddr.n{i}",
        _ => Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(5) switch
        {
            0 => "dnsaddr=/nonsense",
            1 => "something else",
            2 or 3 => $"dnsaddr=/dnsaddr/n{random.Next(7)}",
            _ => $"dnsaddr=/ip4/192.0.2.{random.Next(1, 9)}/tcp/1",
        }).ToArray());

    private static HashSet<string> Walk(Dictionary<string, string[]> world, string name, int depth)
    {
        var found = new HashSet<string>();
        if (depth == 0 || !world.TryGetValue("_dnsaddr." + name, out var texts))
            return found;
        foreach (var text in texts)
        {
            if (text.StartsWith("dnsaddr=/dnsaddr/", StringComparison.Ordinal))
                found.UnionWith(Walk(world, text["dnsaddr=/dnsaddr/".Length..], depth - 1));
            else if (text.StartsWith("dnsaddr=/ip4/", StringComparison.Ordinal))
                found.Add(text["dnsaddr=".Length..]);
        }

        return found;
    }

    /// <summary>Answers something else each time, with another life, and sometimes nothing.</summary>
    private sealed class ChangingServer(ManualTimeProvider time) : IDnsResolver
    {
        private readonly Random _random = new(TestSeed.Value);

        public DnsAnswer? Last { get; private set; }

        public ValueTask<DnsAnswer> ResolveAsync(string name, DnsRecordType type, CancellationToken cancel)
        {
            Last = _random.Next(5) switch
            {
                0 => DnsAnswer.Empty(DnsStatus.NotFound),
                1 => DnsAnswer.Empty(DnsStatus.Timeout),
                2 => DnsAnswer.Empty(DnsStatus.Failed),
                _ => new DnsAnswer(DnsStatus.Found, [new IPAddress([192, 0, 2, (byte)(time.GetUtcNow().Second + 1)])], []) { Life = TimeSpan.FromSeconds(_random.Next(0, 60)) },
            };
            return ValueTask.FromResult(Last);
        }
    }
}
