using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Tests.Support;
using Betar.Orleans.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Libp2p.Tests.Dns;

public sealed class DnsResolverTests
{
    private static readonly IPEndPoint First = new(IPAddress.Parse("192.0.2.53"), 53);
    private static readonly IPEndPoint Second = new(IPAddress.Parse("192.0.2.54"), 53);
    private readonly ManualTimeProvider _time = new();
    private readonly DnsOptions _options = new() { Servers = { First, Second }, HostsFile = "/nowhere/hosts" };

    [Fact]
    public async Task The_first_server_is_asked_over_udp()
    {
        var exchange = new FakeExchange(asked => asked.Answer().A("192.0.2.1").A("192.0.2.2").Build());

        var answer = await ResolveAsync(exchange, "Example.org.");

        Assert.Equal((DnsStatus.Found, "192.0.2.1,192.0.2.2"), (answer.Status, string.Join(',', answer.Addresses)));
        Assert.Equal((TimeSpan.FromMinutes(1), null), (answer.Life, answer.Limit));
        var asked = Assert.Single(exchange.Asked);
        Assert.Equal((First, "example.org", false), (asked.Server, asked.Query.Name, asked.OverTcp));
    }

    [Fact]
    public async Task A_cut_answer_is_asked_for_again_over_tcp()
    {
        var exchange = new FakeExchange(asked => asked.OverTcp ? asked.Answer().A("192.0.2.1").Build() : asked.Answer(0x8380).Build());

        var answer = await ResolveAsync(exchange);

        Assert.Single(answer.Addresses);
        Assert.Equal([false, true], exchange.Asked.Select(asked => asked.OverTcp));
    }

    [Fact]
    public async Task An_answer_cut_over_tcp_too_is_a_failure()
    {
        var exchange = new FakeExchange(asked => asked.Answer(0x8380).Build());

        Assert.Equal(DnsStatus.Failed, (await ResolveAsync(exchange)).Status);
    }

    [Fact]
    public async Task A_server_that_knows_no_extension_is_asked_without()
    {
        var exchange = new FakeExchange(asked => asked.Query.Extended ? asked.Answer(0x8181).Build() : asked.Answer().A("192.0.2.1").Build());

        Assert.Single((await ResolveAsync(exchange)).Addresses);
        Assert.Equal(2, exchange.Asked.Count);
    }

    [Fact]
    public async Task Every_question_has_its_own_number()
    {
        var exchange = new FakeExchange(asked => asked.Answer(0x8182).Build());
        _options.Attempts = 16;

        await ResolveAsync(exchange);

        Assert.True(exchange.Asked.Select(asked => asked.Query.Id).Distinct().Count() > 28);
    }

    [Fact]
    public async Task A_failing_server_is_followed_by_the_next()
    {
        var exchange = new FakeExchange(asked => asked.Server.Equals(First) ? asked.Answer(0x8182).Build() : asked.Answer().A("192.0.2.1").Build());

        Assert.Single((await ResolveAsync(exchange)).Addresses);
        Assert.Equal([First, Second], exchange.Asked.Select(asked => asked.Server));
    }

    [Fact]
    public async Task An_unreachable_server_is_followed_by_the_next()
    {
        var exchange = new FakeExchange(asked =>
            asked.Server.Equals(First) ? throw new SocketException((int)SocketError.ConnectionRefused) : asked.Answer().A("192.0.2.1").Build());

        Assert.Single((await ResolveAsync(exchange)).Addresses);
    }

    [Fact]
    public async Task A_silent_server_is_left_after_its_time()
    {
        var exchange = new FakeExchange(asked => asked.Server.Equals(First) ? null : asked.Answer().A("192.0.2.1").Build());
        exchange.OnSilence = () => _time.Advance(_options.QueryTimeout);

        Assert.Single((await ResolveAsync(exchange)).Addresses);
    }

    [Fact]
    public async Task A_silent_server_is_not_left_before_its_time()
    {
        var exchange = new FakeExchange(_ => null);
        var lookup = ResolveAsync(exchange);

        _time.Advance(_options.QueryTimeout - TimeSpan.FromTicks(1));

        Assert.Single(exchange.Asked);
        Assert.False(lookup.IsCompleted);
    }

    [Fact]
    public async Task Silence_everywhere_is_a_time_out_after_every_attempt()
    {
        var exchange = new FakeExchange(_ => null);
        exchange.OnSilence = () => _time.Advance(_options.QueryTimeout);

        Assert.Equal(DnsStatus.Timeout, (await ResolveAsync(exchange)).Status);
        Assert.Equal([First, Second, First, Second], exchange.Asked.Select(asked => asked.Server));
    }

    [Fact]
    [Hits(DnsResolver.TimeLimit)]
    public async Task The_whole_look_up_has_a_deadline()
    {
        var exchange = new FakeExchange(_ => null);
        _options.Deadline = _options.QueryTimeout * 1.5;
        exchange.OnSilence = () => _time.Advance(_options.QueryTimeout);

        var answer = await ResolveAsync(exchange);

        Assert.Equal((DnsStatus.Timeout, DnsResolver.TimeLimit), (answer.Status, answer.Limit));
        Assert.Equal(2, exchange.Asked.Count);
    }

    [Fact]
    public async Task The_caller_may_break_off()
    {
        using var cancel = new CancellationTokenSource();
        var exchange = new FakeExchange(_ => null) { OnSilence = cancel.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ResolveAsync(exchange, cancel: cancel.Token));
    }

    [Fact]
    public async Task What_is_no_answer_is_a_failure()
    {
        var exchange = new FakeExchange(_ => [1, 2, 3]);

        Assert.Equal(DnsStatus.Failed, (await ResolveAsync(exchange)).Status);
    }

    [Fact]
    [Hits(DnsResolver.RecordsLimit)]
    public async Task An_answer_with_more_records_than_allowed_is_a_failure_with_a_name()
    {
        var exchange = new FakeExchange(asked =>
        {
            var answer = asked.Answer();
            for (var i = 0; i <= 64; i++)
                answer.A("192.0.2.1");
            return answer.Build();
        });

        var answer = await ResolveAsync(exchange);

        Assert.Equal((DnsStatus.Failed, DnsResolver.RecordsLimit), (answer.Status, answer.Limit));
        Assert.Empty(answer.Addresses);
    }

    [Fact]
    public async Task No_more_servers_are_asked_than_allowed()
    {
        var exchange = new FakeExchange(asked => asked.Answer(0x8182).Build());
        _options.MaxServers = 1;
        _options.Attempts = 1;

        await ResolveAsync(exchange);

        Assert.Equal(First, Assert.Single(exchange.Asked).Server);
    }

    [Theory]
    [InlineData(0x8183)]
    [InlineData(0x8180)]
    public async Task A_name_without_records_is_not_found_and_nobody_else_is_asked(int flags)
    {
        var exchange = new FakeExchange(asked => asked.Answer((ushort)flags).Build());

        Assert.Equal(DnsStatus.NotFound, (await ResolveAsync(exchange)).Status);
        Assert.Single(exchange.Asked);
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("bücher.example")]
    public async Task A_bad_name_is_not_asked_for(string name)
    {
        var exchange = new FakeExchange(_ => null);

        Assert.Equal(DnsStatus.BadName, (await ResolveAsync(exchange, name)).Status);
        Assert.Empty(exchange.Asked);
    }

    [Theory]
    [InlineData("localhost", (int)DnsRecordType.A, "127.0.0.1")]
    [InlineData("a.localhost", (int)DnsRecordType.Aaaa, "::1")]
    [InlineData("LOCALHOST.", (int)DnsRecordType.Txt, "")]
    public async Task The_local_host_is_known_without_asking(string name, int type, string expected)
    {
        var exchange = new FakeExchange(_ => null);

        Assert.Equal(expected, string.Join(',', (await ResolveAsync(exchange, name, (DnsRecordType)type)).Addresses));
        Assert.Empty(exchange.Asked);
    }

    private Task<DnsAnswer> ResolveAsync(
        FakeExchange exchange, string name = "example.org", DnsRecordType type = DnsRecordType.A, CancellationToken cancel = default) =>
        new DnsResolver(exchange, _options, _time, NullLogger.Instance).ResolveAsync(name, type, cancel).AsTask();
}
