namespace Betar.Libp2p.Multiformats;

public enum MultihashCode : ulong
{
    Identity = 0x00,
    Sha2256 = 0x12,
    Sha2512 = 0x13,
}
