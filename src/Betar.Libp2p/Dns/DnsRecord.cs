using System.Net;

namespace Betar.Libp2p.Dns;

/// <summary>A record of an answer: an address, a text or an alias.</summary>
internal sealed record DnsRecord(string Owner, DnsRecordType Type, IPAddress? Address, string? Text, string? Alias)
{
    public TimeSpan Life { get; init; }
}
