namespace Betar.Libp2p.Dns;

/// <summary>The kinds of records that are asked for or followed, with their numbers of RFC 1035 and 3596.</summary>
internal enum DnsRecordType : ushort
{
    A = 1,
    Cname = 5,
    Txt = 16,
    Aaaa = 28,
}
