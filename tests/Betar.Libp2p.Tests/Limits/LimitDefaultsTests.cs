namespace Betar.Libp2p.Tests.Limits;

/// <summary>The defaults are a promise: a host without options is safe on a public address.</summary>
public sealed class LimitDefaultsTests
{
    private const int KiB = 1024;
    private const int MiB = 1024 * KiB;

    private readonly Libp2pOptions _options = new();

    [Fact]
    public void Connections()
    {
        Assert.Equal(64, _options.Resources.Transient.InboundConnections);
        Assert.Equal(4, _options.Connections.HalfOpenPerAddress);
        Assert.Equal(TimeSpan.FromSeconds(10), _options.Connections.InboundUpgradeTimeout);
        Assert.Equal(TimeSpan.FromSeconds(15), _options.Connections.OutboundUpgradeTimeout);
        Assert.Equal(256, _options.Resources.System.InboundConnections);
        Assert.Equal(8, _options.Connections.InboundPerAddress);
        Assert.Equal(2, _options.Resources.Peer.InboundConnections);
        Assert.Equal((5, 10), (_options.Connections.NewPerSecondPerAddress, _options.Connections.NewBurstPerAddress));
        Assert.Equal((32, 64), (_options.Connections.LoopbackHalfOpen, _options.Connections.LoopbackInbound));
        Assert.Equal((50, 100), (_options.Connections.LoopbackNewPerSecond, _options.Connections.LoopbackNewBurst));
        Assert.Equal((KiB, 16), (_options.Connections.NegotiationMessageBytes, _options.Connections.NegotiationProposals));
        Assert.Equal(4 * KiB, _options.Connections.NoiseHandshakeBytes);
        Assert.Equal((160, 192), (_options.ConnectionManager.LowWater, _options.ConnectionManager.HighWater));
        Assert.Equal(TimeSpan.FromMinutes(1), _options.ConnectionManager.Grace);
    }

    [Fact]
    public void Streams()
    {
        Assert.Equal(512, _options.Resources.Connection.InboundStreams);
        Assert.Equal(256, _options.Streams.AckBacklog);
        Assert.Equal(MiB, _options.Resources.Stream.Memory);
        Assert.Equal(18 * MiB, _options.Resources.Connection.Memory);
        Assert.Equal(128 * MiB, _options.Resources.System.Memory);
        Assert.Equal(TimeSpan.FromSeconds(10), _options.Streams.NegotiationTimeout);
        Assert.Equal(TimeSpan.FromMinutes(2), _options.Streams.IdleTimeout);
        Assert.Equal(200, _options.Streams.ControlFramesPerSecond);
        Assert.Equal(MiB, _options.Streams.QueuedBytes);
        Assert.Equal(TimeSpan.FromSeconds(30), _options.Streams.StallTimeout);
        Assert.Equal((2, 2, 16), (_options.Identify.InboundPerPeer, _options.Ping.InboundPerPeer, _options.Streams.InboundPerProtocolAndPeer));
    }

    [Fact]
    public void Quic() =>
        Assert.Equal((MiB, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15)), (_options.Quic.ConnectionWindowBytes, _options.Quic.IdleTimeout, _options.Quic.KeepAliveInterval));

    [Fact]
    public void Messages()
    {
        Assert.Equal((8 * KiB, 10), (_options.Messages.IdentifyPartBytes, _options.Messages.IdentifyParts));
        Assert.Equal(1024, _options.Messages.ProtocolsPerPeer);
        Assert.Equal((KiB, 32), (_options.Messages.AddressBytes, _options.Messages.AddressesPerPeer));
        Assert.Equal(8 * KiB, _options.Messages.SignedRecordBytes);
    }

    [Fact]
    public void The_defaults_are_in_their_ranges() => Assert.Empty(_options.Validate());

    [Fact]
    public void All_faults_are_named_together()
    {
        _options.Streams.QueuedBytes = 0;
        _options.Connections.InboundUpgradeTimeout = TimeSpan.Zero;
        _options.Dialing.Timeout = TimeSpan.FromDays(2);
        _options.Resources.Peer.Memory = -1;
        _options.Resources.Stream.Memory = 1000;
        _options.ConnectionManager.LowWater = 1000;
        _options.Messages.AddressBytes = 2048;
        _options.Dialing.BackoffMax = TimeSpan.FromSeconds(1);
        _options.Dns.Attempts = 0;
        _options.Identify = null!;
        _options.Securities = [];

        var faults = _options.Validate();

        Assert.Equal(11, faults.Count);
        foreach (var name in new[] { "Streams.QueuedBytes", "Connections.InboundUpgradeTimeout", "Dialing.Timeout", "Resources.Peer.Memory", "Dns.Attempts", "Identify", "Securities" })
            Assert.Contains(faults, fault => fault.StartsWith(name, StringComparison.Ordinal));
        Assert.Contains("Streams.QueuedBytes", Assert.Throws<ArgumentException>(() => Libp2pHost.CreateBuilder().Configure(options => options.Streams.QueuedBytes = 0).Build()).Message, StringComparison.Ordinal);
    }
}
