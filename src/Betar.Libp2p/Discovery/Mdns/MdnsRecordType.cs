namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>The kinds of records that finding peers needs, with their numbers of RFC 1035, 2782 and 3596.</summary>
internal enum MdnsRecordType : ushort
{
    A = 1,
    Ptr = 12,
    Txt = 16,
    Aaaa = 28,
    Srv = 33,
    Any = 255,
}
