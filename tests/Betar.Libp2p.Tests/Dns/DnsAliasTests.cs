using System.Net;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Tests.Support;
using Betar.Orleans.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Libp2p.Tests.Dns;

public sealed class DnsAliasTests
{
    private readonly DnsOptions _options = new() { Servers = { new IPEndPoint(IPAddress.Loopback, 53) }, MaxAliases = 3 };

    [Fact]
    public async Task Aliases_inside_of_one_answer_are_followed_in_any_order()
    {
        var exchange = new FakeExchange(asked =>
            asked.Answer().A("192.0.2.1", "c.example").Cname("c.example", "b.example").Cname("b.example").Build());

        Assert.Equal(IPAddress.Parse("192.0.2.1"), Assert.Single((await ResolveAsync(exchange)).Addresses));
        Assert.Single(exchange.Asked);
    }

    [Fact]
    public async Task An_alias_without_its_end_is_asked_for()
    {
        var exchange = new FakeExchange(asked => asked.Query.Name == "a.example"
            ? asked.Answer().Cname("b.example").Build()
            : asked.Answer().A("192.0.2.1").Build());

        Assert.Single((await ResolveAsync(exchange)).Addresses);
        Assert.Equal(["a.example", "b.example"], exchange.Asked.Select(asked => asked.Query.Name));
    }

    [Fact]
    public async Task A_record_of_a_name_that_nobody_asked_for_is_not_believed()
    {
        var exchange = new FakeExchange(asked => asked.Answer().A("192.0.2.66", "evil.example").Build());

        Assert.Equal(DnsStatus.NotFound, (await ResolveAsync(exchange)).Status);
    }

    [Fact]
    [Hits(DnsResolver.AliasesLimit)]
    public async Task A_circle_of_aliases_ends()
    {
        var exchange = new FakeExchange(asked => asked.Answer().Cname("b.example").Cname("a.example", "b.example").Build());

        var answer = await ResolveAsync(exchange);

        Assert.Equal((DnsStatus.Failed, DnsResolver.AliasesLimit), (answer.Status, answer.Limit));
    }

    [Fact]
    public async Task A_chain_holds_as_long_as_its_shortest_part()
    {
        var exchange = new FakeExchange(asked => asked.Query.Name == "a.example"
            ? asked.Answer().Cname("b.example", seconds: 20).Build()
            : asked.Answer().A("192.0.2.1", seconds: 40).A("192.0.2.2", seconds: 30).Build());

        Assert.Equal(TimeSpan.FromSeconds(20), (await ResolveAsync(exchange)).Life);
    }

    [Fact]
    public async Task An_endless_chain_over_many_answers_ends()
    {
        var number = 0;
        var exchange = new FakeExchange(asked => asked.Answer().Cname($"n{++number}.example").Build());

        Assert.Equal(DnsStatus.Failed, (await ResolveAsync(exchange)).Status);
        Assert.Equal(_options.MaxAliases + 1, exchange.Asked.Count);
    }

    [Fact]
    public async Task A_chain_of_the_longest_length_is_followed()
    {
        var number = 0;
        var exchange = new FakeExchange(asked => number < _options.MaxAliases
            ? asked.Answer().Cname($"n{++number}.example").Build()
            : asked.Answer().A("192.0.2.1").Build());

        Assert.Single((await ResolveAsync(exchange)).Addresses);
    }

    [Fact]
    public async Task An_alias_to_a_name_that_does_not_exist_is_not_found()
    {
        var exchange = new FakeExchange(asked => asked.Answer(0x8183).Cname("b.example").Build());

        Assert.Equal(DnsStatus.NotFound, (await ResolveAsync(exchange)).Status);
        Assert.Single(exchange.Asked);
    }

    private Task<DnsAnswer> ResolveAsync(FakeExchange exchange) =>
        new DnsResolver(exchange, _options, new ManualTimeProvider(), NullLogger.Instance)
            .ResolveAsync("a.example", DnsRecordType.A, CancellationToken.None).AsTask();
}
