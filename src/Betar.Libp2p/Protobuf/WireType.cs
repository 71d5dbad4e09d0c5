namespace Betar.Libp2p.Protobuf;

/// <summary>The wire types of protobuf that are in use; groups are refused.</summary>
public enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
