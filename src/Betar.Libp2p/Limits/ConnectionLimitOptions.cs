namespace Betar.Libp2p.Limits;

/// <summary>What strangers may do before they are known, and how long.</summary>
public sealed class ConnectionLimitOptions
{
    /// <summary>Half-open connections of one IPv4 address or IPv6 /56; default 4.</summary>
    public int HalfOpenPerAddress { get; set; } = 4;

    /// <summary>Inbound connections of one IPv4 address or IPv6 /56; default 8.</summary>
    public int InboundPerAddress { get; set; } = 8;

    /// <summary>New inbound connections a second of one IPv4 address or IPv6 /56; default 5.</summary>
    public int NewPerSecondPerAddress { get; set; } = 5;

    /// <summary>How many may come at once after a quiet time; default 10.</summary>
    public int NewBurstPerAddress { get; set; } = 10;

    /// <summary>Half-open connections of 127.0.0.1 or ::1, where many nodes of one owner may live; default 32.</summary>
    public int LoopbackHalfOpen { get; set; } = 32;

    /// <summary>Inbound connections of 127.0.0.1 or ::1; default 64, so that what forwards strangers from there cannot fill the host.</summary>
    public int LoopbackInbound { get; set; } = 64;

    /// <summary>New inbound connections a second of 127.0.0.1 or ::1; default 50.</summary>
    public int LoopbackNewPerSecond { get; set; } = 50;

    /// <summary>How many of those may come at once after a quiet time; default 100.</summary>
    public int LoopbackNewBurst { get; set; } = 100;

    /// <summary>Addresses whose rate is remembered; default 16,384. When more come at once, strangers are refused.</summary>
    public int RememberedAddresses { get; set; } = 16_384;

    /// <summary>The whole way of an inbound connection to streams; default 10 s.</summary>
    public TimeSpan InboundUpgradeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The same outbound; default 15 s.</summary>
    public TimeSpan OutboundUpgradeTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest message while a protocol is chosen; default 1 KiB.</summary>
    public int NegotiationMessageBytes { get; set; } = 1024;

    /// <summary>Proposals in one choice of a protocol; default 16.</summary>
    public int NegotiationProposals { get; set; } = 16;

    /// <summary>The longest Noise handshake message, which holds the largest RSA key; default 4 KiB.</summary>
    public int NoiseHandshakeBytes { get; set; } = 4096;

    /// <summary>The smallest RSA identity that is let in; default 2,048 bits, and never less.</summary>
    public int RsaMinBits { get; set; } = Crypto.RsaPublicKey.MinBits;

    /// <summary>The largest RSA identity that is let in, because checking its signature takes our time; default 8,192 bits, and never more.</summary>
    public int RsaMaxBits { get; set; } = Crypto.RsaPublicKey.MaxBits;
}
