using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Protocols.Identify;

/// <summary>What a peer says of itself. Null and empty mean "not said".</summary>
internal sealed record IdentifyMessage
{
    public ReadOnlyMemory<byte> PublicKey { get; init; }

    public IReadOnlyList<Multiaddr> ListenAddresses { get; init; } = [];

    public IReadOnlyList<string> Protocols { get; init; } = [];

    public Multiaddr? ObservedAddress { get; init; }

    public string? ProtocolVersion { get; init; }

    public string? AgentVersion { get; init; }

    public ReadOnlyMemory<byte> SignedPeerRecord { get; init; }
}
