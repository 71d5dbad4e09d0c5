using System.Net.Quic;
using System.Runtime.Versioning;
using System.Security.Authentication;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Quic;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.Transports.Quic;

/// <summary>Who is let in, who is believed, and what is left of those who are not.</summary>
[SupportedOSPlatform("linux")]
public sealed class QuicHandshakeTests(QuicWorld world, ITestOutputHelper output) : QuicCase(world, output)
{
    [Fact]
    public Task Both_sides_prove_who_they_are() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();

        var accepting = pair.AcceptAsync();
        var dialed = await pair.DialAsync();
        var accepted = await accepting;

        Assert.Equal(pair.ListenerKey.PeerId, dialed.Upgraded.RemotePeer);
        Assert.Equal(pair.DialerKey.PeerId, accepted.Upgraded.RemotePeer);
        Assert.Equal(pair.DialerKey.PublicKey.Encoded, accepted.Upgraded.RemoteKey.Encoded);
        Assert.Equal((pair.Listener.Address, dialed.Local), (dialed.Remote, accepted.Remote));
    });

    [Fact]
    public Task Somebody_else_than_the_dialled_peer_is_refused() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        var accepting = pair.AcceptAsync();

        Assert.Equal(Libp2pError.WrongPeer, (await Refused(pair.DialAsync(expected: Somebody.Id(9)))).Code);

        Assert.Equal(Libp2pError.SecurityFailed, (await Refused(accepting)).Code);
        AssertNobodyHalfOpen(pair);
    });

    [Fact]
    public Task A_dialler_without_a_certificate_is_refused() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        var accepting = pair.AcceptAsync();

        await using var dialer = await RawQuic.DialAsync(pair.Listener.Address, certificate: null);

        var refusal = await Refused(accepting);
        Assert.Equal((Libp2pError.SecurityFailed, "The peer shows no certificate."), (refusal.Code, refusal.Message));
        await Assert.ThrowsAsync<AuthenticationException>(async () => await dialer.AcceptInboundStreamAsync());
        AssertNobodyHalfOpen(pair);
    });

    [Fact]
    public Task A_dialler_whose_certificate_proves_nothing_is_refused() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        using var foreign = RawQuic.Foreign();
        var accepting = pair.AcceptAsync();

        await using var dialer = await RawQuic.DialAsync(pair.Listener.Address, foreign);

        var refusal = await Refused(accepting);
        Assert.Equal((Libp2pError.SecurityFailed, "The peer's certificate carries no identity."), (refusal.Code, refusal.Message));
        AssertNobodyHalfOpen(pair);
    });

    [Fact]
    public Task A_listener_whose_certificate_proves_nothing_is_refused() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        using var foreign = RawQuic.Foreign();
        await using var listener = await RawQuic.ListenAsync(foreign);

        var refusal = await Refused(pair.DialAsync(QuicAddress.Of(listener.LocalEndPoint)));

        Assert.Equal((Libp2pError.SecurityFailed, "The peer's certificate carries no identity."), (refusal.Code, refusal.Message));
    });

    [Fact]
    public Task A_dialler_of_another_protocol_is_refused_before_it_costs_anything() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync(limits: limits => limits.LoopbackHalfOpen = 1);
        using var certificate = RawQuic.Certificate(pair.DialerKey);

        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<AuthenticationException>(async () => await RawQuic.DialAsync(pair.Listener.Address, certificate, "h3"));

        AssertNobodyHalfOpen(pair);
        await pair.ConnectAsync();
    });

    [Fact]
    public Task A_listener_of_another_protocol_is_refused() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        using var certificate = RawQuic.Certificate(pair.ListenerKey);
        await using var listener = await RawQuic.ListenAsync(certificate, "h3");

        Assert.Equal(Libp2pError.SecurityFailed, (await Refused(pair.DialAsync(QuicAddress.Of(listener.LocalEndPoint)))).Code);
    });

    [Fact]
    public Task Handshakes_under_way_are_counted_and_those_that_fail_are_given_back() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync(limits: limits => limits.LoopbackHalfOpen = 1);
        using var certificate = RawQuic.Certificate(pair.DialerKey);
        using var mayGoOn = new SemaphoreSlim(0);
        var accepting = pair.AcceptAsync();
        var slow = RawQuic.DialAsync(pair.Listener.Address, certificate, check: (_, _, _, _) =>
        {
            mayGoOn.Wait(Patience);
            return false;
        }).AsTask();
        while (pair.Resources.Transient.Used.InboundConnections == 0)
            await Task.Yield();

        await Assert.ThrowsAnyAsync<Exception>(async () => await RawQuic.DialAsync(pair.Listener.Address, certificate));
        mayGoOn.Release();
        await Assert.ThrowsAsync<AuthenticationException>(() => slow);

        await Refused(accepting);
        await pair.ConnectAsync();
    });

    [Fact]
    public Task Nobody_there_is_a_refusal() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        Multiaddr gone;
        using (var certificate = RawQuic.Foreign())
        {
            await using var listener = await RawQuic.ListenAsync(certificate);
            gone = QuicAddress.Of(listener.LocalEndPoint);
        }

        Assert.Equal(Libp2pError.Refused, (await Refused(pair.DialAsync(gone))).Code);
    });

    [Fact]
    public Task A_dial_that_is_given_up_is_not_waited_for() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        using var silent = new System.Net.Sockets.UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        using var givingUp = new CancellationTokenSource();
        var dialing = pair.DialAsync(QuicAddress.Of((System.Net.IPEndPoint)silent.Client.LocalEndPoint!), cancellationToken: givingUp.Token);
        await silent.ReceiveAsync();

        givingUp.Cancel();

        // The framework's own dial goes on for many seconds; ours has ended when the token was cancelled.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialing.WaitAsync(TimeSpan.FromSeconds(5)));
    });

    [Fact]
    public Task A_port_in_use_is_a_refusal() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        await using var host = Libp2pHost.CreateBuilder().Listen(pair.Listener.Address).Build();

        var refusal = await Assert.ThrowsAsync<Libp2pException>(() => host.StartAsync());

        Assert.Equal(Libp2pError.Refused, refusal.Code);
        Assert.Contains("port is in use", refusal.Message, StringComparison.Ordinal);
    });

    [Fact]
    public Task A_port_that_another_program_has_is_a_refusal() => InEitherWorldAsync(async () =>
    {
        using var socket = new System.Net.Sockets.UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        await using var host = Libp2pHost.CreateBuilder().Listen(QuicAddress.Of((System.Net.IPEndPoint)socket.Client.LocalEndPoint!)).Build();

        Assert.Equal(Libp2pError.Refused, (await Assert.ThrowsAsync<Libp2pException>(() => host.StartAsync())).Code);
    });

    private static Task<Libp2pException> Refused(Task attempt) => Assert.ThrowsAsync<Libp2pException>(() => attempt.WaitAsync(Patience));

    private static void AssertNobodyHalfOpen(QuicPair pair) => Assert.Equal(0, pair.Resources.Transient.Used.InboundConnections);
}
