using System.Text.RegularExpressions;
using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Libp2p.Multiformats;
using Betar.Node.Cli.Peering;
using Betar.Node.Configuration;
using Betar.Node.Errors;
using Betar.Node.Peering;
using Betar.X402;

namespace Betar.Node.Composition;

/// <summary>Reads what <c>betar up</c> was given; the first fault ends it before anything is opened.</summary>
internal static partial class UpOptions
{
    public const int MaxSilos = 16;
    public const int MaxSettlers = 16;
    private const int MaxServiceLength = 63;

    public static Checked<SellerOptions> Read(string agentsFile, bool agentsGiven, ChainNetwork network, IReadOnlyList<string> listen, int silos, int settlers, IReadOnlyList<string> fund, string? facilitator = null, NetworkOptions? finding = null)
    {
        Checked<Uri?> elsewhere = FacilitatorElsewhere.ReadAddress(facilitator);
        if (!elsewhere.IsOk)
            return elsewhere.Refusal;
        if (silos is < 1 or > MaxSilos)
            return ErrorCatalog.BadOptionValue.Refuse($"--silos {silos} is not within 1 to {MaxSilos}");
        if (settlers is < 1 or > MaxSettlers)
            return ErrorCatalog.BadOptionValue.Refuse($"--settlers {settlers} is not within 1 to {MaxSettlers}");
        List<Multiaddr> addresses = [];
        foreach (string text in listen)
        {
            Checked<Multiaddr> address = ReadListen(text);
            if (!address.IsOk)
                return address.Refusal;
            addresses.Add(address.Value);
        }

        List<FundRequest> funds = [];
        foreach (string text in fund)
        {
            Checked<FundRequest> request = ReadFund(text);
            if (!request.IsOk)
                return request.Refusal;
            funds.Add(request.Value);
        }

        Checked<FleetDeclaration> fleet = agentsGiven ? AgentsFile.Load(agentsFile) : AgentsFile.LoadOptional(agentsFile);
        return fleet.IsOk
            ? new SellerOptions
            {
                Agents = fleet.Value.Agents, Network = network, Silos = silos, Settlers = settlers, Listen = addresses, Fund = funds,
                Facilitator = elsewhere.Value ?? fleet.Value.Facilitator, Finding = finding ?? new(),
            }
            : fleet.Refusal;
    }

    /// <summary>Addresses with their peers, several of them also in one word with commas between, as the original takes them.</summary>
    public static Checked<NetworkOptions> ReadFinding(IReadOnlyList<string> bootstrap, bool mdns, string service)
    {
        List<Multiaddr> peers = [];
        foreach (string text in bootstrap.SelectMany(word => word.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            Checked<Multiaddr> address = PeerArguments.ReadAddress(text);
            if (!address.IsOk)
                return address.Refusal;
            peers.Add(address.Value);
        }

        return service.Length <= MaxServiceLength && ServiceName().IsMatch(service)
            ? new NetworkOptions { Bootstrap = peers, Mdns = mdns, MdnsService = service, Exchange = true, Remembered = true }
            : ErrorCatalog.BadOptionValue.Refuse($"--mdns-service {VisibleText.Of(service)} is not a name of letters, digits, - and _");
    }

    /// <summary>"/ip4/127.0.0.1/tcp/4001".</summary>
    private static Checked<Multiaddr> ReadListen(string text) =>
        Multiaddr.TryParse(text, out Multiaddr? address)
            && address.Parts is [{ Code: MultiaddrCode.Ip4 or MultiaddrCode.Ip6 }, { Code: MultiaddrCode.Tcp }]
            ? address
            : ErrorCatalog.BadOptionValue.Refuse($"--listen {text} is not an address to listen on", "write it as /ip4/127.0.0.1/tcp/4001");

    /// <summary>"0x…=1.5": an address and USDC.</summary>
    private static Checked<FundRequest> ReadFund(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
            return ErrorCatalog.BadOptionValue.Refuse($"--fund {text} is not ADDRESS=AMOUNT", "write it as --fund 0x…=1.5");
        if (!Address.TryParse(text.AsSpan(0, equals), out Address account))
            return ErrorCatalog.BadAddress.Refuse($"--fund {text} has no Ethereum address before the equals sign");
        return AtomicAmount.TryParseUsdc(text.AsSpan(equals + 1), out AtomicAmount amount)
            ? new FundRequest(account, amount)
            : ErrorCatalog.BadPrice.Refuse(
                $"--fund {text} has no amount of USDC with at most {AtomicAmount.UsdcDecimals} digits after the point behind the equals sign");
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*$")]
    private static partial Regex ServiceName();
}
