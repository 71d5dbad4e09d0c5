using System.Net;

namespace Betar.Libp2p.Dns;

/// <summary>What a look-up brought: addresses or texts, by what was asked.</summary>
internal sealed record DnsAnswer(DnsStatus Status, IReadOnlyList<IPAddress> Addresses, IReadOnlyList<string> Texts)
{
    /// <summary>How long it holds, by its own words; nothing for what was not asked for over the network.</summary>
    public TimeSpan Life { get; init; }

    /// <summary>The name of the limit that ended the look-up.</summary>
    public string? Limit { get; init; }

    public static DnsAnswer Empty(DnsStatus status, string? limit = null) => new(status, [], []) { Limit = limit };

    public static DnsAnswer Of(IReadOnlyList<DnsRecord> records, TimeSpan life) => new(
        records.Count > 0 ? DnsStatus.Found : DnsStatus.NotFound,
        [.. records.Select(record => record.Address).OfType<IPAddress>()],
        [.. records.Select(record => record.Text).OfType<string>()])
    {
        Life = life,
    };
}
