using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Dns;

/// <summary>
/// Turns an address that begins with a name into addresses that can be dialled. <c>/dnsaddr</c> leads to further addresses, which may be
/// names again; how deep, how many and how often one asks is limited, because strangers write those records.
/// </summary>
internal sealed class AddressResolver(IDnsResolver dns, DnsOptions options, LimitMeter meter)
{
    public const string AddressesLimit = "dns.addresses";
    public const string QueriesLimit = "dns.queries";
    public const string DepthLimit = "dns.depth";

    private const string TextPrefix = "dnsaddr=";

    /// <summary>The address itself when it begins with no name; nothing, and why, when the name leads nowhere.</summary>
    public async ValueTask<ResolvedAddresses> ResolveAsync(Multiaddr address, CancellationToken cancel)
    {
        var search = new Search { Waiting = { (address, 0) } };
        while (search.Waiting.Count > 0 && search.Found.Count < options.MaxAddresses)
        {
            var (next, depth) = search.Waiting[0];
            search.Waiting.RemoveAt(0);
            await StepAsync(search, next, depth, cancel);
        }

        if (search.Found.Count > options.MaxAddresses || search.Waiting.Count > 0)
            meter.Hit(AddressesLimit);
        return new ResolvedAddresses([.. search.Found.Take(options.MaxAddresses)], search.Failure);
    }

    public static bool NeedsResolving(Multiaddr address) =>
        address.Parts is [{ IsKnown: true, Code: MultiaddrCode.Dns or MultiaddrCode.Dns4 or MultiaddrCode.Dns6 or MultiaddrCode.DnsAddr }, ..];

    private async ValueTask StepAsync(Search search, Multiaddr address, int depth, CancellationToken cancel)
    {
        if (!NeedsResolving(address))
        {
            if (!search.Found.Contains(address))
                search.Found.Add(address);
            return;
        }

        var name = address.Parts[0].Text;
        switch (address.Parts[0].Code)
        {
            case MultiaddrCode.Dns4:
                await AddIpAsync(search, address, name, DnsRecordType.A, cancel);
                break;
            case MultiaddrCode.Dns6:
                await AddIpAsync(search, address, name, DnsRecordType.Aaaa, cancel);
                break;
            case MultiaddrCode.Dns:
                await AddIpAsync(search, address, name, DnsRecordType.Aaaa, cancel);
                await AddIpAsync(search, address, name, DnsRecordType.A, cancel);
                break;
            default:
                await AddFurtherAsync(search, address, name, depth, cancel);
                break;
        }
    }

    private async ValueTask AddIpAsync(Search search, Multiaddr address, string name, DnsRecordType type, CancellationToken cancel)
    {
        var code = type == DnsRecordType.A ? MultiaddrCode.Ip4 : MultiaddrCode.Ip6;
        foreach (var ip in (await AskAsync(search, name, type, cancel)).Addresses)
        {
            if (AddressParts.WithFirst(address, code, ip.GetAddressBytes(), name) is { } resolved && !search.Found.Contains(resolved))
                search.Found.Add(resolved);
        }
    }

    // What stands behind the name must end what the record says: /dnsaddr/x/p2p/A wants the records of A only.
    private async ValueTask AddFurtherAsync(Search search, Multiaddr address, string name, int depth, CancellationToken cancel)
    {
        if (depth >= options.MaxDepth)
        {
            Refuse(search, DepthLimit, $"/dnsaddr/{name} stands too deep behind others");
            return;
        }

        foreach (var text in (await AskAsync(search, "_dnsaddr." + name, DnsRecordType.Txt, cancel)).Texts)
        {
            if (!text.StartsWith(TextPrefix, StringComparison.Ordinal)
                || !Multiaddr.TryParse(text[TextPrefix.Length..], out var further) || !AddressParts.EndsWithRestOf(further, address))
            {
                continue;
            }

            if (search.Waiting.Count < options.MaxAddresses)
                search.Waiting.Add((further, depth + 1));
            else
                meter.Hit(AddressesLimit);
        }
    }

    private async ValueTask<DnsAnswer> AskAsync(Search search, string name, DnsRecordType type, CancellationToken cancel)
    {
        if (++search.Queries > options.MaxQueries)
        {
            Refuse(search, QueriesLimit, "one address leads to too many names");
            return DnsAnswer.Empty(DnsStatus.Failed);
        }

        var answer = await dns.ResolveAsync(name, type, cancel);
        if (answer.Limit is { } limit)
            meter.Hit(limit);
        search.Failure ??= answer.Status switch
        {
            DnsStatus.Found => null,
            DnsStatus.NotFound => $"the name {name} has no {type} record",
            DnsStatus.BadName => $"\"{name}\" is no name that can be asked for",
            DnsStatus.Timeout => $"no name server answered for {name} in time",
            _ => $"the name servers gave no usable answer for {name}",
        };
        return answer;
    }

    private void Refuse(Search search, string limit, string failure)
    {
        meter.Hit(limit);
        search.Failure ??= failure;
    }

    private sealed class Search
    {
        public List<(Multiaddr Address, int Depth)> Waiting { get; } = [];

        public List<Multiaddr> Found { get; } = [];

        public int Queries { get; set; }

        /// <summary>The first one stands for all.</summary>
        public string? Failure { get; set; }
    }
}
