using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Quic;
using Betar.Libp2p.Transports.Tcp;

namespace Betar.Libp2p.Tests.Transports.Quic;

/// <summary>What needs no QUIC: which addresses are its, and what is said where it is missing.</summary>
public sealed class QuicTransportTests
{
    private const string Missing = "the native library libmsquic is missing";

    [Theory]
    [InlineData("/ip4/1.2.3.4/udp/4001/quic-v1")]
    [InlineData("/ip6/::1/udp/4001/quic-v1")]
    [InlineData("/ip4/1.2.3.4/udp/4001/quic-v1/p2p/12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq")]
    public void Addresses_are_understood(string address) => Using(null, transport =>
    {
        var parsed = Multiaddr.Parse(address);
        Assert.True(transport.CanDial(parsed) && transport.CanListen(parsed));
        Assert.Null(transport.Obstacle(parsed));
        Assert.Equal(parsed.WithoutPeer(), QuicAddress.Of(QuicAddress.Read(parsed)));
    });

    [Theory]
    [InlineData("/ip4/1.2.3.4/udp/4001")]
    [InlineData("/ip4/1.2.3.4/tcp/4001")]
    [InlineData("/ip4/1.2.3.4/udp/4001/quic")]
    [InlineData("/ip4/1.2.3.4/udp/4001/quic-v1/webtransport")]
    [InlineData("/dns4/example.org/udp/4001/quic-v1")]
    public void Other_addresses_are_left_to_others(string address)
    {
        var parsed = Multiaddr.Parse(address);
        Using(null, transport => Assert.False(transport.CanDial(parsed) || transport.CanListen(parsed)));
        Using(Missing, transport => Assert.Null(transport.Obstacle(parsed)));
        Assert.Equal(Libp2pError.NotDialable, Assert.Throws<Libp2pException>(() => QuicAddress.Read(parsed)).Code);
    }

    [Fact]
    public void Port_0_is_for_listening() => Using(null, transport =>
    {
        Assert.True(transport.CanListen(Multiaddr.Parse(QuicWorld.Listen)));
        Assert.False(transport.CanDial(Multiaddr.Parse(QuicWorld.Listen)));
    });

    /// <summary>The other world, wherever the test runs.</summary>
    [Fact]
    public async Task Where_it_is_missing_one_sentence_says_what_to_install()
    {
        var (time, address) = (TimeProvider.System, Multiaddr.Parse("/ip4/127.0.0.1/udp/4001/quic-v1"));
        using var key = Somebody.Key(1);
        using var transport = new QuicTransport(key, new QuicSettings(), TaskScheduler.Default, time, Missing);
        var expected = $"{address} needs QUIC, and {Missing}: {QuicSupport.HowToInstall}.";

        Assert.False(transport.CanDial(address) || transport.CanListen(address));
        Assert.Equal(expected, transport.Obstacle(address));
        await AssertRefusedAsync(() => transport.DialAsync(address, Somebody.Id(2), Somebody.Resources(time).TryOpenConnection(false, address)!, default).AsTask());
        await AssertRefusedAsync(() => transport.ListenAsync(address, _ => null, default).AsTask());

        await using var listener = Libp2pHost.CreateBuilder().WithTransport(transport).Listen(address).Build();
        await AssertRefusedAsync(() => listener.StartAsync());
        await using var dialer = Libp2pHost.CreateBuilder().WithTransport(new TcpTransport()).WithTransport(transport).Build();
        await dialer.StartAsync();
        await AssertRefusedAsync(() => dialer.ConnectAsync(address.WithPeer(Somebody.Id(2))));

        async Task AssertRefusedAsync(Func<Task> attempt)
        {
            var refusal = await Assert.ThrowsAsync<Libp2pException>(attempt);
            Assert.Equal((Libp2pError.NotDialable, expected), (refusal.Code, refusal.Message));
        }
    }

    /// <summary>An address that cannot be dialled here stands in nobody's way.</summary>
    [Fact]
    public async Task Where_it_is_missing_other_addresses_are_dialled()
    {
        using var key = Somebody.Key(1);
        using var transport = new QuicTransport(key, new QuicSettings(), TaskScheduler.Default, TimeProvider.System, Missing);
        await using var listener = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").Build();
        await listener.StartAsync();
        await using var dialer = Libp2pHost.CreateBuilder().WithTransport(new TcpTransport()).WithTransport(transport).Build();
        await dialer.StartAsync();

        var connection = await dialer.ConnectAsync(listener.PeerId, [Multiaddr.Parse("/ip4/127.0.0.1/udp/4001/quic-v1"), listener.Addresses[0]]);

        Assert.Equal("/noise", connection.Security);
    }

    [Fact]
    public void It_is_supported_or_it_is_said_why_not() => Assert.Equal(QuicSupport.IsSupported, QuicSupport.Missing is null);

    [Theory]
    [InlineData(true, "2.5.10.0", true, null)]
    [InlineData(true, "2.6.0.0", true, null)]
    [InlineData(true, "2.5.9.0", true, "libmsquic 2.5.9 lets a peer end the process")]
    [InlineData(true, "2.6.0.0", false, "libmsquic 2.6.0 does not suit this .NET")]
    [InlineData(true, null, false, "the native library libmsquic is missing")]
    [InlineData(false, null, true, "it is for Linux only")]
    public void What_is_missing_has_a_name(bool isLinux, string? library, bool isKnownToFramework, string? missing) =>
        Assert.Equal(missing, QuicSupport.FindMissing(isLinux, library is null ? null : Version.Parse(library), isKnownToFramework));

    [Fact]
    public void The_defaults_of_its_parts_are_those_of_the_options()
    {
        var defaults = new QuicSettings();

        Assert.Equal(defaults, Betar.Libp2p.Hosting.Translation.QuicSettings(new Libp2pOptions()));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15), 1024 * 1024), (defaults.IdleTimeout, defaults.KeepAliveInterval, defaults.ConnectionWindow));
    }

    private static void Using(string? missing, Action<QuicTransport> look)
    {
        using var key = Somebody.Key(1);
        using var transport = new QuicTransport(key, new QuicSettings(), TaskScheduler.Default, TimeProvider.System, missing);
        look(transport);
    }
}
