using Betar.Libp2p.Multiformats;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Multiformats;

public sealed class MultiaddrRandomTests
{
    private static readonly string[] Parts =
    [
        "/ip4/1.2.3.4", "/ip6/2001:db8::1", "/tcp/4001", "/udp/1", "/dns/a.example", "/dns4/b", "/dnsaddr/c", "/ws", "/wss", "/tls", "/quic-v1",
        "/p2p/12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq", "/p2p-circuit", "/memory/3", "/sni/d.example", "/ip6zone/1", "/webtransport",
    ];

    [Fact]
    public void Random_combinations_read_back_from_both_forms()
    {
        var random = new Random(TestSeed.Value);
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Parts[random.Next(Parts.Length)]));
            var address = Multiaddr.Parse(text);

            Assert.Equal(text, address.ToString());
            Assert.True(Multiaddr.TryDecode(address.Bytes.Span, out var decoded), $"seed {TestSeed.Value}, {text}");
            Assert.Equal(text, decoded.ToString());
        }
    }

    [Fact]
    public void Bent_bytes_are_refused_or_have_a_text_that_reads_back()
    {
        var random = new Random(TestSeed.Value);
        var taken = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Multiaddr.Parse(Parts[random.Next(Parts.Length)] + Parts[random.Next(Parts.Length)]).Bytes.ToArray();
            for (var change = random.Next(3); change >= 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes = bytes[..random.Next(1, bytes.Length + 1)];
            if (!Multiaddr.TryDecode(bytes, out var address))
                continue;

            taken++;
            Assert.Equal(bytes, address.Bytes.ToArray());
            Assert.True(Multiaddr.TryParse(address.ToString(), out var parsed), $"seed {TestSeed.Value}: {Convert.ToHexStringLower(bytes)} gave {address}");
            Assert.Equal(bytes, parsed.Bytes.ToArray());
        }

        Assert.InRange(taken, 100, 19_900);
    }

    [Fact]
    public void Bent_text_is_refused_or_read_back()
    {
        const string letters = "/abipt0123456789.:%\u0000\u00fc ";
        var random = new Random(TestSeed.Value);
        for (var i = 0; i < 10_000; i++)
        {
            var text = (Parts[random.Next(Parts.Length)] + Parts[random.Next(Parts.Length)]).ToCharArray();
            text[random.Next(text.Length)] = letters[random.Next(letters.Length)];
            if (Multiaddr.TryParse(new string(text), out var address))
                Assert.Equal(address, Multiaddr.Parse(address.ToString()));
        }
    }
}
