using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Tcp;

namespace Betar.Libp2p.Tests.Transports.Tcp;

public sealed class TcpTransportTests
{
    [Theory]
    [InlineData("/ip4/127.0.0.1/tcp/0")]
    [InlineData("/ip6/::1/tcp/0")]
    public async Task Both_ends_know_the_addresses_and_the_bytes_pass(string address)
    {
        var transport = new TcpTransport();
        await using var listening = await transport.ListenAsync(Multiaddr.Parse(address), default);
        Assert.True(listening.Address.TryGetIpEndPoint(out var endPoint));
        Assert.NotEqual(0, endPoint.Port);

        await using var dialled = await transport.DialAsync(listening.Address, default);
        await using var accepted = (await listening.AcceptAsync(default))!;
        await dialled.WriteAsync(new byte[] { 1, 2, 3 }, default);
        var read = new byte[3];
        await accepted.ReadExactlyAsync(read, default);

        Assert.Equal([1, 2, 3], read);
        Assert.Equal(listening.Address, dialled.Remote);
        Assert.Equal(listening.Address, accepted.Local);
        Assert.Equal(dialled.Local, accepted.Remote);
        await dialled.DisposeAsync();
        Assert.Equal(0, await accepted.ReadAsync(read, default));
    }

    [Fact]
    public async Task A_port_in_use_is_refused_in_one_sentence()
    {
        var transport = new TcpTransport();
        await using var listening = await transport.ListenAsync(Multiaddr.Parse("/ip4/127.0.0.1/tcp/0"), default);

        var refused = await Assert.ThrowsAsync<Libp2pException>(async () => await transport.ListenAsync(listening.Address, default));

        Assert.Equal(Libp2pError.Refused, refused.Code);
        Assert.Contains("the port is in use", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_port_is_refused()
    {
        var transport = new TcpTransport();
        var listening = await transport.ListenAsync(Multiaddr.Parse("/ip4/127.0.0.1/tcp/0"), default);
        await listening.DisposeAsync();

        Assert.Equal(Libp2pError.Refused, (await Assert.ThrowsAsync<Libp2pException>(async () => await transport.DialAsync(listening.Address, default))).Code);
    }

    [Fact]
    public async Task A_closed_listener_gives_no_more_connections_and_its_port_is_free_again()
    {
        var transport = new TcpTransport();
        var listening = await transport.ListenAsync(Multiaddr.Parse("/ip4/127.0.0.1/tcp/0"), default);
        var accepting = listening.AcceptAsync(default).AsTask();

        await listening.DisposeAsync();

        Assert.Null(await accepting);
        await using var again = await transport.ListenAsync(listening.Address, default);
        Assert.Equal(listening.Address, again.Address);
    }

    [Fact]
    public async Task An_aborted_connection_is_broken_for_both()
    {
        var transport = new TcpTransport();
        await using var listening = await transport.ListenAsync(Multiaddr.Parse("/ip4/127.0.0.1/tcp/0"), default);
        var dialled = await transport.DialAsync(listening.Address, default);
        await using var accepted = (await listening.AcceptAsync(default))!;

        dialled.Abort();
        dialled.Abort();

        await Assert.ThrowsAnyAsync<IOException>(async () => await accepted.ReadAsync(new byte[1], default));
        await Assert.ThrowsAnyAsync<IOException>(async () => await dialled.ReadAsync(new byte[1], default));
    }

    [Theory]
    [InlineData("/ip4/1.2.3.4/tcp/80", true)]
    [InlineData("/ip6/2001:db8::1/tcp/80", true)]
    [InlineData("/ip4/1.2.3.4/tcp/0", false)]
    [InlineData("/ip4/1.2.3.4/udp/80", false)]
    [InlineData("/ip4/1.2.3.4/tcp/80/ws", false)]
    [InlineData("/ip4/1.2.3.4/tcp/80/tls/ws", false)]
    [InlineData("/dns4/example.org/tcp/80", false)]
    [InlineData("/memory/3", false)]
    public void It_dials_TCP_and_leaves_the_rest_to_others(string address, bool can) => Assert.Equal(can, new TcpTransport().CanDial(Multiaddr.Parse(address)));

    [Fact]
    public async Task Other_addresses_are_refused_when_asked_all_the_same()
    {
        var address = Multiaddr.Parse("/memory/3");

        Assert.Equal(Libp2pError.NotDialable, (await Assert.ThrowsAsync<Libp2pException>(async () => await new TcpTransport().DialAsync(address, default))).Code);
        Assert.Equal(Libp2pError.NotDialable, (await Assert.ThrowsAsync<Libp2pException>(async () => await new TcpTransport().ListenAsync(address, default))).Code);
    }
}
