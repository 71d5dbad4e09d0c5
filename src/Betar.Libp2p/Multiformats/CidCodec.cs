namespace Betar.Libp2p.Multiformats;

public enum CidCodec : ulong
{
    Raw = 0x55,
    DagPb = 0x70,
    DagCbor = 0x71,
    Libp2pKey = 0x72,
}
