using System.Net;

namespace Betar.Libp2p.Dns;

/// <summary>What a look-up brought: addresses or texts, by what was asked.</summary>
internal sealed record DnsAnswer(DnsStatus Status, IReadOnlyList<IPAddress> Addresses, IReadOnlyList<string> Texts)
{
    public static DnsAnswer Empty(DnsStatus status) => new(status, [], []);

    public static DnsAnswer Of(IReadOnlyList<DnsRecord> records) => new(
        records.Count > 0 ? DnsStatus.Found : DnsStatus.NotFound,
        [.. records.Select(record => record.Address).OfType<IPAddress>()],
        [.. records.Select(record => record.Text).OfType<string>()]);
}
