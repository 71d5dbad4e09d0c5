namespace Betar.Libp2p.Limits;

/// <summary>How large and how many the parts of messages may be; counted while reading, not after.</summary>
public sealed class MessageLimitOptions
{
    /// <summary>One part of an identify message; default 8 KiB.</summary>
    public int IdentifyPartBytes { get; set; } = 8 * 1024;

    /// <summary>Parts of an identify message; default 10.</summary>
    public int IdentifyParts { get; set; } = 10;

    /// <summary>Protocols that a peer may list; default 1,024.</summary>
    public int ProtocolsPerPeer { get; set; } = 1024;

    /// <summary>The longest name of a protocol; default 256 bytes.</summary>
    public int ProtocolNameBytes { get; set; } = 256;

    /// <summary>The longest version text of a peer; default 256 bytes.</summary>
    public int VersionBytes { get; set; } = 256;

    /// <summary>One address of a peer; default 1 KiB.</summary>
    public int AddressBytes { get; set; } = Multiformats.Multiaddr.MaxLength;

    /// <summary>Addresses kept of one peer, and taken from one record; default 32.</summary>
    public int AddressesPerPeer { get; set; } = 32;

    /// <summary>A signed peer record with its envelope; default 8 KiB.</summary>
    public int SignedRecordBytes { get; set; } = 8 * 1024;
}
