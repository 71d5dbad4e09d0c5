using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Dns;

public sealed class AddressResolverTests
{
    private const string Alice = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private const string Bob = "16Uiu2HAmLhLvBoYaoZfaMUKuibM6ac163GwKY74c5kiSLg5KvLpY";
    private readonly DnsOptions _options = new();
    private readonly LimitMeter _meter = new();
    private readonly FakeResolver _dns = new FakeResolver()
        .With("example.org", DnsRecordType.A, "192.0.2.1", "192.0.2.2")
        .With("example.org", DnsRecordType.Aaaa, "2001:db8::1");

    [Fact]
    public async Task An_address_without_a_name_is_itself()
    {
        Assert.Equal(["/ip4/192.0.2.9/tcp/1"], await ResolveAsync("/ip4/192.0.2.9/tcp/1"));
        Assert.Empty(_dns.Asked);
    }

    [Fact]
    public async Task Dns4_becomes_every_ipv4_address_and_keeps_the_rest() => Assert.Equal(
        [$"/ip4/192.0.2.1/tcp/4001/p2p/{Alice}", $"/ip4/192.0.2.2/tcp/4001/p2p/{Alice}"], await ResolveAsync($"/dns4/example.org/tcp/4001/p2p/{Alice}"));

    [Fact]
    public async Task Dns6_becomes_every_ipv6_address() =>
        Assert.Equal(["/ip6/2001:db8::1/tcp/4001"], await ResolveAsync("/dns6/example.org/tcp/4001"));

    [Fact]
    public async Task Dns_becomes_both() =>
        Assert.Equal(["/ip6/2001:db8::1/tcp/1", "/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.2/tcp/1"], await ResolveAsync("/dns/example.org/tcp/1"));

    [Fact]
    public async Task A_name_that_leads_nowhere_is_no_address() => Assert.Empty(await ResolveAsync("/dns4/nowhere.example/tcp/1"));

    [Theory]
    [InlineData("/dns4/example.org/tcp/443/tls/ws", "/ip4/192.0.2.1/tcp/443/tls/sni/example.org/ws")]
    [InlineData("/dns4/example.org/tcp/443/wss", "/ip4/192.0.2.1/tcp/443/tls/sni/example.org/ws")]
    [InlineData("/dns4/example.org/tcp/443/tls/sni/other.example/ws", "/ip4/192.0.2.1/tcp/443/tls/sni/other.example/ws")]
    [InlineData("/dns4/example.org/tcp/80/ws", "/ip4/192.0.2.1/tcp/80/ws")]
    public async Task The_name_of_the_certificate_goes_along(string address, string expected) =>
        Assert.Equal(expected, (await ResolveAsync(address))[0]);

    [Fact]
    public async Task Dnsaddr_leads_to_further_addresses_and_names()
    {
        _dns.With("_dnsaddr.boot.example", DnsRecordType.Txt, $"dnsaddr=/dnsaddr/a.example/p2p/{Alice}", $"dnsaddr=/dns6/example.org/tcp/1/p2p/{Bob}")
            .With("_dnsaddr.a.example", DnsRecordType.Txt, $"dnsaddr=/ip4/192.0.2.7/tcp/7/p2p/{Alice}");

        Assert.Equal([$"/ip6/2001:db8::1/tcp/1/p2p/{Bob}", $"/ip4/192.0.2.7/tcp/7/p2p/{Alice}"], await ResolveAsync("/dnsaddr/boot.example"));
    }

    [Fact]
    public async Task Of_a_dnsaddr_with_a_peer_only_that_peers_records_are_taken()
    {
        _dns.With("_dnsaddr.boot.example", DnsRecordType.Txt, $"dnsaddr=/ip4/192.0.2.7/tcp/7/p2p/{Bob}", $"dnsaddr=/ip4/192.0.2.8/tcp/7/p2p/{Alice}",
            "dnsaddr=/ip4/192.0.2.9/tcp/7");

        Assert.Equal([$"/ip4/192.0.2.8/tcp/7/p2p/{Alice}"], await ResolveAsync($"/dnsaddr/boot.example/p2p/{Alice}"));
    }

    [Fact]
    public async Task Other_texts_and_bad_addresses_are_passed_over()
    {
        _dns.With("_dnsaddr.boot.example", DnsRecordType.Txt, "v=spf1 -all", "dnsaddr=", "dnsaddr=nonsense", "dnsaddr=/ip4/999.1.1.1", "DNSADDR=/ip4/192.0.2.7",
            "dnsaddr=/ip4/192.0.2.7/tcp/7");

        Assert.Equal(["/ip4/192.0.2.7/tcp/7"], await ResolveAsync("/dnsaddr/boot.example"));
    }

    [Fact]
    [Hits(AddressResolver.DepthLimit)]
    public async Task A_dnsaddr_that_leads_to_itself_ends_at_the_depth()
    {
        _dns.With("_dnsaddr.a.example", DnsRecordType.Txt, "dnsaddr=/dnsaddr/a.example");

        Assert.Empty(await ResolveAsync("/dnsaddr/a.example"));
        Assert.Equal(_options.MaxDepth, _dns.Asked.Count);
        Assert.Equal(1, _meter.Count(AddressResolver.DepthLimit));
    }

    [Fact]
    public async Task The_deepest_allowed_chain_is_followed()
    {
        _options.MaxDepth = 2;
        _dns.With("_dnsaddr.a.example", DnsRecordType.Txt, "dnsaddr=/dnsaddr/b.example")
            .With("_dnsaddr.b.example", DnsRecordType.Txt, "dnsaddr=/ip4/192.0.2.7/tcp/7");
        Assert.Single(await ResolveAsync("/dnsaddr/a.example"));

        _options.MaxDepth = 1;
        Assert.Empty(await ResolveAsync("/dnsaddr/a.example"));
    }

    [Fact]
    [Hits(AddressResolver.QueriesLimit)]
    public async Task A_tree_of_names_ends_at_the_most_questions()
    {
        var number = 0;
        _options.MaxDepth = 32;
        _options.MaxQueries = 10;
        _dns.Texts = _ => [$"dnsaddr=/dnsaddr/n{++number}.example", $"dnsaddr=/dnsaddr/n{++number}.example"];

        Assert.Empty(await ResolveAsync("/dnsaddr/a.example"));
        Assert.Equal(10, _dns.Asked.Count);
        Assert.True(_meter.Count(AddressResolver.QueriesLimit) > 0);
    }

    [Fact]
    [Hits(AddressResolver.AddressesLimit)]
    public async Task No_more_addresses_than_allowed_come_out()
    {
        _options.MaxAddresses = 5;
        _dns.Texts = _ => [.. Enumerable.Range(1, 50).Select(number => $"dnsaddr=/ip4/192.0.2.{number}/tcp/1")];

        Assert.Equal(5, (await ResolveAsync("/dnsaddr/a.example")).Length);
        Assert.True(_meter.Count(AddressResolver.AddressesLimit) > 0);
    }

    [Fact]
    public async Task No_more_ip_addresses_of_one_name_than_allowed_come_out()
    {
        _options.MaxAddresses = 5;
        _dns.With("many.example", DnsRecordType.A, [.. Enumerable.Range(1, 50).Select(number => $"192.0.2.{number}")]);

        Assert.Equal(5, (await ResolveAsync("/dns4/many.example/tcp/1")).Length);
        Assert.Equal(1, _meter.Count(AddressResolver.AddressesLimit));
    }

    [Fact]
    public async Task Exactly_as_many_addresses_as_allowed_hit_no_limit()
    {
        _options.MaxAddresses = 2;
        Assert.Equal(2, (await ResolveAsync("/dns4/example.org/tcp/1")).Length);
        Assert.Empty(_meter.Hits);
    }

    [Theory]
    [InlineData(DnsStatus.NotFound, "the name nowhere.example has no A record")]
    [InlineData(DnsStatus.BadName, "\"nowhere.example\" is no name that can be asked for")]
    [InlineData(DnsStatus.Timeout, "no name server answered for nowhere.example in time")]
    [InlineData(DnsStatus.Failed, "the name servers gave no usable answer for nowhere.example")]
    public async Task Why_a_name_led_nowhere_is_said(object status, string failure)
    {
        _dns.Otherwise = DnsAnswer.Empty((DnsStatus)status, "some.limit");

        var found = await new AddressResolver(_dns, _options, _meter).ResolveAsync(Multiaddr.Parse("/dns4/nowhere.example/tcp/1"), default);

        Assert.Equal(failure, found.Failure);
        Assert.Empty(found.Addresses);
        Assert.Equal(1, _meter.Count("some.limit"));
    }

    [Fact]
    public async Task Where_every_name_leads_somewhere_nothing_is_said() =>
        Assert.Null((await new AddressResolver(_dns, _options, _meter).ResolveAsync(Multiaddr.Parse("/dns4/example.org/tcp/1"), default)).Failure);

    [Fact]
    public async Task The_same_address_comes_once()
    {
        _dns.Texts = _ => ["dnsaddr=/ip4/192.0.2.1/tcp/1", "dnsaddr=/dns4/example.org/tcp/1", "dnsaddr=/ip4/192.0.2.1/tcp/1"];

        Assert.Equal(["/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.2/tcp/1"], await ResolveAsync("/dnsaddr/a.example"));
    }

    [Fact]
    public async Task An_address_with_an_unknown_part_is_not_made_into_another()
    {
        Assert.True(Multiaddr.TryDecode([.. Multiaddr.Parse("/dns4/example.org").Bytes.Span, 0x99, 0x7F, 1, 2], out var address));

        Assert.Empty((await new AddressResolver(_dns, _options, _meter).ResolveAsync(address, CancellationToken.None)).Addresses);
    }

    [Fact]
    public async Task Breaking_off_is_passed_on() => await Assert.ThrowsAsync<OperationCanceledException>(() =>
        new AddressResolver(_dns, _options, _meter).ResolveAsync(Multiaddr.Parse("/dns4/example.org/tcp/1"), new CancellationToken(true)).AsTask());

    private async Task<string[]> ResolveAsync(string address) =>
        [.. (await new AddressResolver(_dns, _options, _meter).ResolveAsync(Multiaddr.Parse(address), CancellationToken.None)).Addresses.Select(found => found.ToString())];
}
