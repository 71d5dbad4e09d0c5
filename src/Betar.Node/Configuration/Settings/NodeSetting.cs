using System.Globalization;
using Betar.Node.Composition;
using Betar.Node.Configuration.Models;
using Betar.Node.Folder;
using Betar.Node.Http;
using Betar.Node.Peering;

namespace Betar.Node.Configuration.Settings;

/// <summary>Every setting of a node, in the order in which they are listed.</summary>
internal static class NodeSetting
{
    private const string Kept = "kept for the original's files; it does nothing here";

    public static readonly Setting Network = new("network", ["BETAR_NETWORK"], "--network", ChainOpener.Devnet) { Note = "base-sepolia where an rpc_url is set" };
    public static readonly Setting RpcUrl = new("rpc_url", ["BETAR_RPC_URL", "ETHEREUM_RPC_URL"], "--rpc-url", null) { Check = SettingChecks.Web };
    public static readonly Setting Facilitator = new("facilitator", ["BETAR_FACILITATOR", "FACILITATOR_URL"], "--facilitator", null) { Check = SettingChecks.Facilitator };
    public static readonly Setting Port = new("p2p_port", ["BETAR_P2P_PORT"], "--port", null) { Check = SettingChecks.Whole(0, 65535) };
    public static readonly Setting Listen = new("listen", ["BETAR_LISTEN"], "--listen", "/ip4/127.0.0.1/tcp/0") { IsList = true, Check = SettingChecks.Listen };
    public static readonly Setting Bootstrap = new("bootstrap_peers", ["BETAR_BOOTSTRAP", "BOOTSTRAP_PEERS"], "--bootstrap", null) { IsList = true, Check = SettingChecks.Bootstrap };
    public static readonly Setting Mdns = new("mdns", ["BETAR_MDNS"], "--no-mdns", "true") { Check = SettingChecks.OneOf("true", "false") };
    public static readonly Setting MdnsService = new("mdns_service", ["BETAR_MDNS_SERVICE"], "--mdns-service", NetworkOptions.DefaultService) { Check = SettingChecks.Service };
    public static readonly Setting GossipPx = new("gossip_px", ["BETAR_GOSSIP_PX"], "--gossip-px", "false") { Check = SettingChecks.OneOf("true", "false") };
    public static readonly Setting Http = new("http", ["BETAR_HTTP"], "--http", HttpArguments.Usual) { Note = "none: nowhere" };
    public static readonly Setting ApiPort = new("api_port", ["BETAR_API_PORT"], "--api-port", null) { Check = SettingChecks.Whole(0, 65535), Note = "that port of this machine, in the place of http" };
    public static readonly Setting Agents = new("agents", ["BETAR_AGENTS"], "--agents", null) { Note = "agents.yaml of the data folder where none is named" };
    public static readonly Setting Silos = new("silos", ["BETAR_SILOS"], "--silos", "1") { Check = SettingChecks.Whole(1, UpOptions.MaxSilos) };
    public static readonly Setting Settlers = new("settlers", ["BETAR_SETTLERS"], "--settlers", "1") { Check = SettingChecks.Whole(1, UpOptions.MaxSettlers) };
    public static readonly Setting ControlGroups = new("control_groups", ["BETAR_CONTROL_GROUPS"], "--control-groups", null) { Check = SettingChecks.Folder };
    public static readonly Setting Fund = new("fund", ["BETAR_FUND"], "--fund", null) { IsList = true, Check = SettingChecks.Fund };
    public static readonly Setting Provider = new("provider", ["BETAR_PROVIDER", "LLM_PROVIDER"], "--provider", null) { Check = SettingChecks.OneOf(ModelEndpoints.Google, ModelEndpoints.OpenAi) };
    public static readonly Setting Model = new("model", ["BETAR_MODEL"], "--model", null);
    public static readonly Setting GoogleModel = new("google_model", ["GOOGLE_MODEL"], null, ModelEndpoints.GoogleModel);
    public static readonly Setting GoogleKey = new("google_api_key", ["GOOGLE_API_KEY"], null, null) { IsSecret = true, InFile = false };
    public static readonly Setting OpenAiKey = new("openai_api_key", ["OPENAI_API_KEY"], "--openai-api-key", null) { IsSecret = true, InFile = false };
    public static readonly Setting OpenAiBaseUrl = new("openai_base_url", ["OPENAI_BASE_URL"], "--openai-base-url", null) { Check = SettingChecks.Web };
    public static readonly Setting ApiToken = new("api_token", ["BETAR_API_TOKEN"], "--api-token", null) { Note = "env:NAME or file:PATH, never the token itself" };
    public static readonly Setting HttpHosts = new("http_hosts", ["BETAR_HTTP_HOSTS"], "--http-host", null) { IsList = true };
    public static readonly Setting HttpOrigins = new("http_origins", ["BETAR_HTTP_ORIGINS"], "--http-origin", null) { IsList = true, Check = SettingChecks.Origin };
    public static readonly Setting HttpCert = new("http_cert", ["BETAR_HTTP_CERT"], "--http-cert", null);
    public static readonly Setting HttpClientCa = new("http_client_ca", ["BETAR_HTTP_CLIENT_CA"], "--http-client-ca", null);
    public static readonly Setting LegacyOpen = new("api_legacy_open", ["BETAR_API_LEGACY_OPEN"], "--api-legacy-open", "false") { Check = SettingChecks.OneOf("true", "false") };
    public static readonly Setting LegacyCap = new("api_legacy_cap", ["BETAR_API_LEGACY_CAP"], "--api-legacy-cap", "1") { Check = SettingChecks.Usdc };
    public static readonly Setting HttpMaxBody = Limit("http_max_body", 1_024, 64 * 1024 * 1024, new HttpLimits().MaxBody);
    public static readonly Setting HttpPerMinute = Limit("http_per_minute", 1, 1_000_000, new HttpLimits().PerMinute);
    public static readonly Setting HttpMaxConnections = Limit("http_max_connections", 1, 100_000, new HttpLimits().MaxConnections);
    public static readonly Setting HttpMaxListeners = Limit("http_max_listeners", 1, 10_000, new HttpLimits().MaxListeners);
    public static readonly Setting AnnounceInterval = new("announce_interval", ["BETAR_ANNOUNCE_INTERVAL"], "--announce-interval", null)
    {
        Check = SettingChecks.Interval, Note = "does nothing here: a listing is announced when it changes and again before it expires",
    };

    public static readonly Setting LogFormat = new("log_format", ["BETAR_LOG_FORMAT"], "--log-format", NodeLog.Text) { Check = SettingChecks.OneOf(NodeLog.Text, NodeLog.Json) };
    public static readonly Setting LogLevel = new("log_level", ["BETAR_LOG_LEVEL"], "--log-level", null) { Check = SettingChecks.OneOf(NodeLog.Levels), Note = "warning, or information with --verbose, where none is named" };

    private static readonly Setting[] Elsewhere =
    [
        new("data_dir", ["BETAR_DATA_DIR"], "--data", "~/.betar") { InFile = false },
        new("p2p_key_path", [DataFolder.IdentityKeyVariable], null, "p2p_identity.key of the data folder") { InFile = false },
        new("wallet_key_path", [Wallets.KeyPathVariable], null, null) { InFile = false, Note = "keystore/wallet.json where none is named" },
        new("wallet_key", [Wallets.KeyVariable], null, null) { InFile = false, IsSecret = true },
        new("wallet_password", [WalletPasswords.Variable], null, null) { InFile = false, IsSecret = true },
        new("wallet_password_file", [WalletPasswords.FileVariable], null, null) { InFile = false },
        new("p2p_enable_relay", ["P2P_ENABLE_RELAY"], null, null) { InFile = false, Note = Kept },
        new("ipfs_api_url", ["IPFS_API_URL"], null, null) { InFile = false, Note = Kept },
        new("erc8004_identity", ["ERC8004_IDENTITY_ADDR"], null, null) { InFile = false, Check = SettingChecks.Account, Note = Kept },
        new("erc8004_reputation", ["REPUTATION_REGISTRY_ADDRESS"], null, null) { InFile = false, Check = SettingChecks.Account, Note = Kept },
        new("erc8004_validation", ["VALIDATION_REGISTRY_ADDRESS"], null, null) { InFile = false, Check = SettingChecks.Account, Note = Kept },
        new("agent_registry", ["AGENT_REGISTRY_ADDRESS"], null, null) { InFile = false, Check = SettingChecks.Account, Note = Kept },
        new("payment_vault", ["PAYMENT_VAULT_ADDRESS"], null, null) { InFile = false, Check = SettingChecks.Account, Note = Kept },
    ];

    public static IReadOnlyList<Setting> All { get; } =
    [
        Network, RpcUrl, Facilitator, Port, Listen, Bootstrap, Mdns, MdnsService, GossipPx, Http, ApiPort, ApiToken, HttpHosts, HttpOrigins, HttpCert,
        HttpClientCa, LegacyOpen, LegacyCap, HttpMaxBody, HttpPerMinute, HttpMaxConnections, HttpMaxListeners, Agents, Silos, Settlers, ControlGroups, Fund, Provider, Model, GoogleModel, GoogleKey,
        OpenAiKey, OpenAiBaseUrl, AnnounceInterval, LogFormat, LogLevel, .. Elsewhere,
    ];

    /// <summary>A number of the HTTP interface: its variable and its option are called as it is.</summary>
    private static Setting Limit(string name, int least, int most, int usual) =>
        new(name, ["BETAR_" + name.ToUpperInvariant()], "--" + name.Replace('_', '-'), usual.ToString(CultureInfo.InvariantCulture)) { Check = SettingChecks.Whole(least, most) };
}
