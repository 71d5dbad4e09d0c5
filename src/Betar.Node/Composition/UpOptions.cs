using System.Globalization;
using System.Text.RegularExpressions;
using Betar.Agents;
using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Libp2p.Multiformats;
using Betar.Node.Cli;
using Betar.Node.Cli.Peering;
using Betar.Node.Configuration;
using Betar.Node.Configuration.Models;
using Betar.Node.Configuration.Secrets;
using Betar.Node.Configuration.Settings;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Peering;
using Betar.X402;

namespace Betar.Node.Composition;

/// <summary>Reads what <c>betar up</c> is to run: everything is checked, and every fault told, before anything is opened.</summary>
internal static partial class UpOptions
{
    public const int MaxSilos = 16;
    public const int MaxSettlers = 16;
    private const string RealTestChain = "base-sepolia";
    private const int MaxServiceLength = 63;

    public static Checked<SellerOptions> Read(DataFolder folder, EnvironmentVariables environment, NodeSettings settings, FlaggedAgent? flagged = null)
    {
        List<CliRefusal> faults = [.. settings.Faults];
        Checked<ChainNetwork> network = FindNetwork(folder, settings);
        if (!network.IsOk)
            faults.Add(network.Refusal);
        FleetSource source = SourceOf(folder, environment, settings, flagged);
        Checked<FleetDeclaration> fleet = source.Read();
        if (!fleet.IsOk)
            faults.Add(fleet.Refusal);
        if (NodeSettings.Join(faults) is { } refusal)
            return refusal;

        source.Secrets.Use(fleet.Value.ClearSecrets);
        return new SellerOptions
        {
            Agents = fleet.Value.Agents,
            Source = source,
            Warnings = [.. fleet.Value.Warnings.Select(warning => $"{source.Path}, {warning}"), .. Notes(settings)],
            Network = network.Value,
            Silos = Whole(settings, NodeSetting.Silos),
            Settlers = Whole(settings, NodeSetting.Settlers),
            Listen = ListenOf(settings),
            Executors = new ExecutorOptions { ControlGroups = settings.Text(NodeSetting.ControlGroups) ?? "" },
            Fund = [.. settings[NodeSetting.Fund].Texts.Select(text => ReadFund("", text).OrThrow())],
            Facilitator = settings.Text(NodeSetting.Facilitator) is { } elsewhere ? new Uri(elsewhere) : fleet.Value.Facilitator,
            Finding = new NetworkOptions
            {
                Bootstrap = [.. settings[NodeSetting.Bootstrap].Texts.Select(text => ReadBootstrap("", text).OrThrow())],
                Mdns = IsOn(settings, NodeSetting.Mdns),
                MdnsService = settings.Text(NodeSetting.MdnsService)!,
                Exchange = true,
                Recommended = IsOn(settings, NodeSetting.GossipPx),
                Remembered = true,
            },
        };
    }

    /// <summary>Where HTTP is answered: the stronger of the address and the original's port.</summary>
    public static string HttpOf(NodeSettings settings)
    {
        SettingValue http = settings[NodeSetting.Http], port = settings[NodeSetting.ApiPort];
        return port.IsGiven && port.Origin >= http.Origin ? $"127.0.0.1:{port.Texts[0]}" : http.Texts[0];
    }

    /// <summary>"/ip4/127.0.0.1/tcp/4001".</summary>
    public static Checked<Multiaddr> ReadListen(string where, string text) =>
        Multiaddr.TryParse(text, out Multiaddr? address)
            && address.Parts is [{ Code: MultiaddrCode.Ip4 or MultiaddrCode.Ip6 }, { Code: MultiaddrCode.Tcp }]
            ? address
            : ErrorCatalog.BadOptionValue.Refuse($"{where} {VisibleText.Of(text)} is not an address to listen on", "write it as /ip4/127.0.0.1/tcp/4001");

    public static Checked<Multiaddr> ReadBootstrap(string where, string text) => PeerArguments.ReadAddress(text) is { IsOk: false } bad
        ? bad.Refusal with { Detail = $"{where}: {bad.Refusal.Detail}" }
        : PeerArguments.ReadAddress(text);

    /// <summary>"0x…=1.5": an address and USDC.</summary>
    public static Checked<FundRequest> ReadFund(string where, string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
            return ErrorCatalog.BadOptionValue.Refuse($"{where} {VisibleText.Of(text)} is not ADDRESS=AMOUNT", "write it as 0x…=1.5");
        if (!Address.TryParse(text.AsSpan(0, equals), out Address account))
            return ErrorCatalog.BadAddress.Refuse($"{where} {VisibleText.Of(text)} has no Ethereum address before the equals sign");
        return AtomicAmount.TryParseUsdc(text.AsSpan(equals + 1), out AtomicAmount amount)
            ? new FundRequest(account, amount)
            : ErrorCatalog.BadPrice.Refuse(
                $"{where} {VisibleText.Of(text)} has no amount of USDC with at most {AtomicAmount.UsdcDecimals} digits after the point behind the equals sign");
    }

    public static CliRefusal? CheckService(string where, string text) => text.Length <= MaxServiceLength && ServiceName().IsMatch(text)
        ? null
        : ErrorCatalog.BadOptionValue.Refuse($"{where} {VisibleText.Of(text)} is not a name of letters, digits, - and _");

    /// <summary>A node of a chain was named, and no network: then the original's chain is meant.</summary>
    private static Checked<ChainNetwork> FindNetwork(DataFolder folder, NodeSettings settings)
    {
        string? rpc = settings[NodeSetting.RpcUrl] is { IsGiven: true } given && SettingChecks.Web("", given.Texts[0]) is null ? given.Texts[0] : null;
        string name = !settings[NodeSetting.Network].IsGiven && rpc is not null ? RealTestChain : settings.Text(NodeSetting.Network)!;
        Checked<ChainNetwork> network = NetworksFile.Find(folder, name);
        return network.IsOk && rpc is not null && name is not (ChainOpener.Devnet or ChainOpener.Anvil)
            ? network.Value with { RpcUrls = [new Uri(rpc)] }
            : network;
    }

    private static FleetSource SourceOf(DataFolder folder, EnvironmentVariables environment, NodeSettings settings, FlaggedAgent? flagged)
    {
        var secrets = new NodeSecrets(folder, environment);
        var models = new ModelDefaults
        {
            Provider = settings.Text(NodeSetting.Provider) ?? "",
            Model = settings.Text(NodeSetting.Model),
            GoogleModel = settings.Text(NodeSetting.GoogleModel),
            GoogleKey = ReferenceTo(settings[NodeSetting.GoogleKey], KeystoreSecrets.GoogleKey, secrets),
            OpenAiKey = ReferenceTo(settings[NodeSetting.OpenAiKey], KeystoreSecrets.OpenAiKey, secrets),
            OpenAiBaseUrl = settings.Text(NodeSetting.OpenAiBaseUrl),
        };
        string? named = settings.Text(NodeSetting.Agents);
        return new FleetSource(named ?? folder.Agents, named is not null, models, secrets, flagged);
    }

    /// <summary>A variable, an option, or what was kept when the node was set up.</summary>
    private static string? ReferenceTo(SettingValue key, string kept, NodeSecrets secrets) => key.Origin switch
    {
        SettingOrigin.Environment => SecretReference.Environment + key.Place,
        SettingOrigin.Option => SecretReference.IsOne(key.Texts[0]) ? key.Texts[0] : secrets.Keep(key.Setting.Name, new Secret(key.Texts[0])),
        _ => File.Exists(secrets.Kept.FileOf(kept)) ? SecretReference.Keystore + kept : null,
    };

    private static IReadOnlyList<Multiaddr> ListenOf(NodeSettings settings)
    {
        SettingValue listen = settings[NodeSetting.Listen], port = settings[NodeSetting.Port];
        return port.IsGiven && port.Origin >= listen.Origin
            ? [Multiaddr.Parse($"/ip4/0.0.0.0/tcp/{port.Texts[0]}")]
            : [.. listen.Texts.Select(text => ReadListen("", text).OrThrow())];
    }

    private static IEnumerable<string> Notes(NodeSettings settings) => settings.All
        .Where(value => value.IsGiven && value.Setting.Note.Contains("does nothing", StringComparison.Ordinal))
        .Select(value => $"{value.Place}: {value.Setting.Note}");

    private static bool IsOn(NodeSettings settings, Setting setting) => settings.Text(setting)?.Trim().ToLowerInvariant() == "true";

    private static int Whole(NodeSettings settings, Setting setting) => int.Parse(settings.Text(setting)!, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*$")]
    private static partial Regex ServiceName();
}
