namespace Betar.Libp2p.Protocols.Identify;

/// <summary>Field numbers of the identify message.</summary>
internal static class IdentifyField
{
    public const int PublicKey = 1;
    public const int ListenAddresses = 2;
    public const int Protocols = 3;
    public const int ObservedAddress = 4;
    public const int ProtocolVersion = 5;
    public const int AgentVersion = 6;
    public const int SignedPeerRecord = 8;
}
