using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Libp2p.Tests.Dns;

/// <summary>Over real sockets, against a server of the test's own.</summary>
public sealed class SocketDnsExchangeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly DnsOptions _options = new() { Deadline = Patience, QueryTimeout = Patience, Attempts = 1, MaxAnswerBytes = 600 };
    private readonly DnsQuery _query = DnsQuery.Create("example.org", DnsRecordType.Txt);

    [Fact]
    public async Task A_text_comes_over_udp()
    {
        await using var server = new LoopbackServer(query => [new MessageBuilder(query).Txt("dnsaddr=/ip4/192.0.2.1").Build()]);

        Assert.Equal("dnsaddr=/ip4/192.0.2.1", Assert.Single((await AskAsync(server, overTcp: false))!.Records).Text);
    }

    [Fact]
    public async Task Datagrams_that_do_not_fit_the_question_are_passed_over()
    {
        await using var server = new LoopbackServer(query =>
        [
            [],
            [1, 2, 3],
            new MessageBuilder(query with { Id = (ushort)(query.Id + 1) }).Txt("forged").Build(),
            new MessageBuilder(query with { Name = "example.com" }).Txt("forged").Build(),
            new MessageBuilder(query).Txt("true").Build(),
        ]);

        Assert.Equal("true", Assert.Single((await AskAsync(server, overTcp: false))!.Records).Text);
    }

    [Fact]
    public async Task After_many_strange_datagrams_the_server_is_given_up()
    {
        await using var server = new LoopbackServer(_ => [.. Enumerable.Repeat<byte[]>([1, 2, 3], 40)]);

        Assert.Null(await AskAsync(server, overTcp: false));
    }

    [Fact]
    public async Task A_long_answer_comes_over_tcp_in_pieces_of_any_size()
    {
        await using var server = new LoopbackServer(_ => [], query => Framed(new MessageBuilder(query).Txt(new string('x', 250), new string('y', 250)).Build()));

        Assert.Equal(500, Assert.Single((await AskAsync(server, overTcp: true))!.Records).Text!.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0005AABB")]
    [InlineData("0000")]
    public async Task What_ends_too_early_over_tcp_is_no_answer(string hex)
    {
        await using var server = new LoopbackServer(_ => [], _ => Convert.FromHexString(hex));

        Assert.Null(await AskAsync(server, overTcp: true));
    }

    [Fact]
    public async Task A_longer_answer_than_allowed_is_not_read()
    {
        // Were the length believed, the read would end at once with the connection, and so with another outcome for a full answer.
        await using var server = new LoopbackServer(_ => [],
            query => Framed(new MessageBuilder(query).Txt([.. Enumerable.Repeat(new string('x', 200), 3)]).Build()));

        var refused = await Assert.ThrowsAsync<Libp2pException>(() => AskAsync(server, overTcp: true));
        Assert.Equal((Libp2pError.LimitExceeded, SocketDnsExchange.AnswerLimit), (refused.Code, refused.Limit));
        _options.MaxAnswerBytes = 700;
        Assert.NotNull(await AskAsync(server, overTcp: true));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_by_the_system()
    {
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        await Assert.ThrowsAsync<SocketException>(() =>
            new SocketDnsExchange(_options).AskAsync((IPEndPoint)reserved.LocalEndPoint!, _query, overTcp: true, CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task The_wait_for_a_silent_server_can_be_broken_off()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new LoopbackServer(_ =>
        {
            cancel.Cancel();
            return [];
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new SocketDnsExchange(_options).AskAsync(server.EndPoint, _query, overTcp: false, cancel.Token).AsTask());
    }

    [Fact]
    public async Task The_resolver_goes_from_udp_to_tcp_by_itself()
    {
        await using var server = new LoopbackServer(
            query => [new MessageBuilder(query, 0x8380).Build()],
            query => Framed(new MessageBuilder(query).A("192.0.2.1").Build()));
        _options.Servers.Add(server.EndPoint);
        var resolver = new DnsResolver(new SocketDnsExchange(_options), _options, TimeProvider.System, NullLogger.Instance);

        var answer = await resolver.ResolveAsync("example.org", DnsRecordType.A, CancellationToken.None);

        Assert.Equal(IPAddress.Parse("192.0.2.1"), Assert.Single(answer.Addresses));
    }

    [Fact]
    [Hits(SocketDnsExchange.AnswerLimit)]
    public async Task A_too_long_answer_is_a_failure_of_the_look_up_with_its_name()
    {
        await using var server = new LoopbackServer(
            query => [new MessageBuilder(query, 0x8380).Build()],
            query => Framed(new MessageBuilder(query).Txt([.. Enumerable.Repeat(new string('x', 200), 3)]).Build()));
        _options.Servers.Add(server.EndPoint);

        var answer = await new DnsResolver(new SocketDnsExchange(_options), _options, TimeProvider.System, NullLogger.Instance)
            .ResolveAsync("example.org", DnsRecordType.Txt, CancellationToken.None);

        Assert.Equal((DnsStatus.Failed, SocketDnsExchange.AnswerLimit), (answer.Status, answer.Limit));
    }

    private async Task<DnsResponse?> AskAsync(LoopbackServer server, bool overTcp)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await new SocketDnsExchange(_options).AskAsync(server.EndPoint, _query, overTcp, patience.Token);
    }

    private static byte[] Framed(byte[] message)
    {
        var framed = new byte[message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, 2);
        return framed;
    }
}
