namespace Betar.Libp2p.Discovery.Mdns;

internal sealed record MdnsQuestion(string Name, MdnsRecordType Type);
