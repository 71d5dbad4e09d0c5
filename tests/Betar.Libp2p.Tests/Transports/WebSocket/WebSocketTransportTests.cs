using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Tcp;
using Betar.Libp2p.Transports.WebSocket;

namespace Betar.Libp2p.Tests.Transports.WebSocket;

public sealed class WebSocketTransportTests
{
    private const string Good = "GET /any HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    [Theory]
    [InlineData("/ip4/127.0.0.1/tcp/0/ws")]
    [InlineData("/ip6/::1/tcp/0/ws")]
    [InlineData("/ip4/127.0.0.1/tcp/0/tls/ws")]
    [InlineData("/ip4/127.0.0.1/tcp/0/wss")]
    public async Task Peers_meet_over_it(string address)
    {
        using var certificate = Certificate();
        var transport = new WebSocketTransport(new WebSocketOptions
        {
            Certificate = certificate,
            Roots = [certificate],
        });
        await using var listening = await transport.ListenAsync(Multiaddr.Parse(address), default);
        Assert.True(transport.CanDial(listening.Address));
        using var pair = new UpgradePair(TaskScheduler.Default, TimeProvider.System);
        var accepting = Task.Factory.StartNew(
            async () => await pair.AcceptAsync((await listening.AcceptAsync(default))!), default, default, TaskScheduler.Default).Unwrap();

        var dialler = await pair.DialAsync(await transport.DialAsync(listening.Address, default));
        var listener = await accepting;

        var outgoing = await dialler.Connection.OpenStreamAsync(default);
        var sent = RandomNumberGenerator.GetBytes(1_000_000);
        var writing = outgoing.WriteAsync(sent, default).AsTask();
        var incoming = (await listener.Connection.AcceptStreamAsync(default))!;
        var read = new byte[sent.Length];
        await incoming.ReadExactlyAsync(read, default);
        await writing;
        Assert.Equal(sent, read);
        await dialler.Connection.DisposeAsync();
        await listener.Connection.Completion;
    }

    /// <summary>The example of RFC 6455, section 1.3.</summary>
    [Fact]
    public void The_answer_to_a_key_is_that_of_the_RFC() =>
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WebSocketHandshake.Accept("dGhlIHNhbXBsZSBub25jZQ=="));

    [Fact]
    public async Task A_request_is_answered_and_the_bytes_behind_it_stay()
    {
        var (up, down) = Channels.Pair();
        var link = new PlainLink(down);
        await up.WriteAsync(Encoding.ASCII.GetBytes(Good + "frame"), default);

        await WebSocketHandshake.AcceptAsync(link, 8192, default);

        Assert.Equal("frame"u8.ToArray(), (await link.ReceiveAsync(default)).ToArray());
        var answer = new byte[500];
        var length = await up.ReadAsync(answer, default);
        Assert.StartsWith("HTTP/1.1 101 ", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        Assert.Contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /any", "POST /any")]
    [InlineData("HTTP/1.1", "HTTP/1.0")]
    [InlineData("Upgrade: websocket", "Upgrade: h2c")]
    [InlineData("Upgrade: websocket\r\n", "")]
    [InlineData("keep-alive, Upgrade", "keep-alive")]
    [InlineData("Version: 13", "Version: 8")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "????????????????????????")]
    public async Task A_request_for_something_else_is_refused_with_400(string right, string wrong)
    {
        var (up, down) = Channels.Pair();
        await up.WriteAsync(Encoding.ASCII.GetBytes(Good.Replace(right, wrong, StringComparison.Ordinal)), default);

        var refused = await Assert.ThrowsAsync<Libp2pException>(async () => await WebSocketHandshake.AcceptAsync(new PlainLink(down), 8192, default));

        Assert.Equal(Libp2pError.Malformed, refused.Code);
        var answer = new byte[500];
        Assert.StartsWith("HTTP/1.1 400 ", Encoding.ASCII.GetString(answer, 0, await up.ReadAsync(answer, default)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a line without colon", Libp2pError.Malformed)]
    [InlineData(": no name", Libp2pError.Malformed)]
    [InlineData("Host: twice", Libp2pError.Malformed)]
    public async Task A_head_that_cannot_be_read_is_refused(string line, Libp2pError code)
    {
        var (up, down) = Channels.Pair();
        await up.WriteAsync(Encoding.ASCII.GetBytes(Good.Replace("Upgrade: websocket", line, StringComparison.Ordinal)), default);

        Assert.Equal(code, (await Assert.ThrowsAsync<Libp2pException>(async () => await WebSocketHandshake.AcceptAsync(new PlainLink(down), 8192, default))).Code);
    }

    [Fact, Hits(HttpHead.LengthLimit)]
    public async Task A_head_without_end_is_cut_off()
    {
        var (up, down) = Channels.Pair();
        await up.WriteAsync(new byte[9000], default);

        var refused = await Assert.ThrowsAsync<Libp2pException>(async () => await WebSocketHandshake.AcceptAsync(new PlainLink(down), 8192, default));
        Assert.Equal((Libp2pError.LimitExceeded, HttpHead.LengthLimit), (refused.Code, refused.Limit));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", Libp2pError.Refused)]
    [InlineData("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", Libp2pError.Malformed)]
    [InlineData("HTTP/1.1 101 X\r\nConnection: Upgrade\r\n\r\n", Libp2pError.Refused)]
    [InlineData("HTTP/1.1 101 X\r\n", Libp2pError.ConnectionClosed)]
    public async Task A_server_that_answers_wrong_is_refused(string answer, Libp2pError code)
    {
        var (up, down) = Channels.Pair();
        var dialing = WebSocketHandshake.DialAsync(new PlainLink(up), "x", 8192, default).AsTask();
        await down.WriteAsync(Encoding.ASCII.GetBytes(answer), default);
        await down.DisposeAsync();

        var refused = await Assert.ThrowsAsync<Libp2pException>(() => dialing);

        Assert.Equal(code, refused.Code);
    }

    /// <summary>A client that connects and says nothing holds up neither the listener nor the next client.</summary>
    [Fact]
    public async Task A_silent_client_does_not_hold_up_the_next()
    {
        var transport = new WebSocketTransport(new WebSocketOptions());
        await using var listening = await transport.ListenAsync(Multiaddr.Parse("/ip4/127.0.0.1/tcp/0/ws"), default);
        Assert.True(listening.Address.TryGetIpEndPoint(out var endPoint));
        await using var silent = await new TcpTransport().DialAsync(Multiaddr.FromEndPoint(endPoint), default);

        Assert.NotNull(await listening.AcceptAsync(default));
        var dialing = transport.DialAsync(listening.Address, default).AsTask();
        var second = (await listening.AcceptAsync(default))!;
        var reading = second.ReadAsync(new byte[5], default).AsTask();

        await (await dialing).WriteAsync("hello"u8.ToArray(), default);
        Assert.Equal(5, await reading);
    }

    [Fact]
    public async Task A_certificate_that_the_system_does_not_trust_is_refused()
    {
        using var certificate = Certificate();
        await using var listening = await new WebSocketTransport(new WebSocketOptions { Certificate = certificate })
            .ListenAsync(Multiaddr.Parse("/ip4/127.0.0.1/tcp/0/tls/ws"), default);
        var serving = Task.Factory.StartNew(
            async () => await (await listening.AcceptAsync(default))!.ReadAsync(new byte[1], default), default, default, TaskScheduler.Default).Unwrap();

        var refused = await Assert.ThrowsAsync<Libp2pException>(async () => await new WebSocketTransport(new WebSocketOptions()).DialAsync(listening.Address, default));

        Assert.Equal(Libp2pError.SecurityFailed, refused.Code);
        await Record.ExceptionAsync(() => serving);
    }

    [Theory]
    [InlineData("/ip4/1.2.3.4/tcp/80/ws", "1.2.3.4:80", false)]
    [InlineData("/ip4/1.2.3.4/tcp/443/tls/ws", "1.2.3.4:443", true)]
    [InlineData("/ip4/1.2.3.4/tcp/443/wss", "1.2.3.4:443", true)]
    [InlineData("/ip6/::1/tcp/443/tls/sni/example.org/ws", "example.org:443", true)]
    public void Addresses_are_understood(string address, string host, bool tls)
    {
        Assert.True(WebSocketAddress.TryRead(Multiaddr.Parse(address), out var read));
        Assert.Equal((host, tls), (read.Host, read.Tls));
    }

    [Theory]
    [InlineData("/ip4/1.2.3.4/tcp/80")]
    [InlineData("/ip4/1.2.3.4/udp/80/ws")]
    [InlineData("/ip4/1.2.3.4/tcp/80/tls")]
    [InlineData("/dns4/example.org/tcp/443/wss")]
    public void Other_addresses_are_left_to_others(string address)
    {
        var transport = new WebSocketTransport(new WebSocketOptions());

        Assert.False(transport.CanDial(Multiaddr.Parse(address)));
        Assert.False(transport.CanListen(Multiaddr.Parse(address)));
    }

    [Fact]
    public void Without_a_certificate_nobody_listens_with_TLS() =>
        Assert.False(new WebSocketTransport(new WebSocketOptions()).CanListen(Multiaddr.Parse("/ip4/1.2.3.4/tcp/0/tls/ws")));

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
