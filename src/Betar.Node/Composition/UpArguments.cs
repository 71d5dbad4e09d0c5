using System.CommandLine;
using System.CommandLine.Parsing;
using Betar.Node.Configuration.Settings;
using Betar.Node.Errors;
using Betar.Node.Http;

namespace Betar.Node.Composition;

/// <summary>The options of <c>betar up</c>: the original's and ours. Each stands above the variable and the file's field of its setting.</summary>
internal static class UpArguments
{
    public static readonly Option<string?> Name = new("--name", "-n") { Description = "Sell one more agent of this name, by the node's model", HelpName = "NAME" };
    public static readonly Option<string?> Description = new("--description", "-d") { Description = "What that agent does", HelpName = "TEXT" };
    public static readonly Option<string?> Price = new("--price", "-r") { Description = "What a task costs, in USDC [default: 0]", HelpName = "USDC" };
    public static readonly Option<bool> OnChain = new("--on-chain") { Description = "Register the agent on a chain: not in this version" };

    private static readonly (Setting Setting, Option Option)[] All =
    [
        (NodeSetting.LogFormat, Text(NodeSetting.LogFormat, "How the log is written: text or json [default: text]", "FORMAT")),
        (NodeSetting.LogLevel, Text(NodeSetting.LogLevel, "The least level that is written: trace, debug, information, warning, error, critical, none [default: warning; information with --verbose]", "LEVEL")),
        (NodeSetting.Agents, Text(NodeSetting.Agents, "The fleet's declaration [default: agents.yaml of the data folder]", "FILE")),
        (NodeSetting.Network, Text(NodeSetting.Network, "Where payments settle: devnet, anvil, or a network of networks.json [default: devnet]", "NAME")),
        (NodeSetting.RpcUrl, Text(NodeSetting.RpcUrl, "The chain's node, in the place of those of the network", "URL")),
        (NodeSetting.Facilitator, Text(NodeSetting.Facilitator, "Let this facilitator bring payments onto the chain [default: facilitator of the agents file, or this node's own accounts]", "URL")),
        (NodeSetting.Port, Text(NodeSetting.Port, "Take peers on this port of every interface, in the place of --listen", "PORT", "-p")),
        (NodeSetting.Listen, Many(NodeSetting.Listen, "Where peers may come in; port 0 for any free one; may be repeated [default: /ip4/127.0.0.1/tcp/0]", "MULTIADDR")),
        (NodeSetting.Bootstrap, Many(NodeSetting.Bootstrap, "A node that is dialled, and again whenever it is gone; may be repeated", "MULTIADDR")),
        (NodeSetting.Mdns, new Option<bool>(NodeSetting.Mdns.Option!) { Description = "Do not look for nodes on the local network" }),
        (NodeSetting.MdnsService, Text(NodeSetting.MdnsService, "The name under which nodes of the local network find each other [default: betar-mdns]", "NAME")),
        (NodeSetting.GossipPx, new Option<bool>(NodeSetting.GossipPx.Option!) { Description = "Look at peers that others recommend in gossip, and recommend some (PX)" }),
        (NodeSetting.Http, Text(NodeSetting.Http, $"Where HTTP is answered; port 0 for any free one; none for nowhere [default: {HttpArguments.Usual}]", "ADDR:PORT")),
        (NodeSetting.ApiPort, Text(NodeSetting.ApiPort, "Answer HTTP on this port of this machine, in the place of --http", "PORT")),
        (NodeSetting.ApiToken, Text(NodeSetting.ApiToken, "A token that may do everything over HTTP, beside those of betar token", "env:NAME|file:PATH")),
        (NodeSetting.HttpHosts, Many(NodeSetting.HttpHosts, "A name under which the node may be asked; may be repeated", "NAME")),
        (NodeSetting.HttpOrigins, Many(NodeSetting.HttpOrigins, "Web pages of this origin may ask the node; may be repeated", "ORIGIN")),
        (NodeSetting.HttpCert, Text(NodeSetting.HttpCert, "Answer HTTPS with this certificate and key, PEM in one file", "FILE")),
        (NodeSetting.HttpClientCa, Text(NodeSetting.HttpClientCa, "Let in only who shows a certificate that one of these signed", "FILE")),
        (NodeSetting.LegacyOpen, new Option<bool>(NodeSetting.LegacyOpen.Option!) { Description = "Scripts of the original may spend without a token, on this machine" }),
        (NodeSetting.LegacyCap, Text(NodeSetting.LegacyCap, "What such scripts may spend in all, in USDC [default: 1]", "AMOUNT")),
        (NodeSetting.HttpMaxBody, Number(NodeSetting.HttpMaxBody, "Longest request in bytes")),
        (NodeSetting.HttpPerMinute, Number(NodeSetting.HttpPerMinute, "Requests of one address in a minute")),
        (NodeSetting.HttpMaxConnections, Number(NodeSetting.HttpMaxConnections, "Connections at once")),
        (NodeSetting.HttpMaxListeners, Number(NodeSetting.HttpMaxListeners, "Listeners to events and logs at once")),
        (NodeSetting.Silos, Text(NodeSetting.Silos, "Silos in this process [default: 1]", "N")),
        (NodeSetting.Settlers, Text(NodeSetting.Settlers, "Accounts that send transactions, in rotation [default: 1]", "N")),
        (NodeSetting.ControlGroups, Text(NodeSetting.ControlGroups, "A folder of control groups (version 2) that the node may make groups in, for programs that do tasks", "DIR")),
        (NodeSetting.Fund, Many(NodeSetting.Fund, "Test money for an account of the test chain, in USDC; may be repeated", "ADDRESS=AMOUNT")),
        (NodeSetting.Provider, Text(NodeSetting.Provider, "Whose models agents use that name none: google or openai [default: whichever there is a key for]", "NAME")),
        (NodeSetting.Model, Text(NodeSetting.Model, "The model of agents that name none", "NAME")),
        (NodeSetting.OpenAiKey, Text(NodeSetting.OpenAiKey, "The key for --openai-base-url; others of this machine can see it: OPENAI_API_KEY is better", "KEY")),
        (NodeSetting.OpenAiBaseUrl, Text(NodeSetting.OpenAiBaseUrl, "An endpoint that speaks as OpenAI's does", "URL")),
        (NodeSetting.AnnounceInterval, Text(NodeSetting.AnnounceInterval, "Taken for scripts of the original; does nothing", "TIME")),
    ];

    public static void AddTo(Command command)
    {
        foreach (var (_, option) in All)
            command.Options.Add(option);
    }

    /// <summary>What the command line says, by the names of the settings.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Given(ParseResult arguments)
    {
        var given = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (setting, option) in All)
        {
            if (arguments.GetResult(option) is not OptionResult { Implicit: false } result)
                continue;
            given[setting.Name] = option is Option<bool> flag
                ? [arguments.GetValue(flag) != (setting == NodeSetting.Mdns) ? "true" : "false"]
                : [.. result.Tokens.Select(token => token.Value)];
        }

        return given;
    }

    /// <summary>Options of an agent without its name would do nothing.</summary>
    public static CliRefusal? CheckAgent(ParseResult arguments)
    {
        if (arguments.GetValue(OnChain))
            return ErrorCatalog.NoRegistration.Refuse("--on-chain asks for a registration on a chain");
        return arguments.GetValue(Name) is null && (arguments.GetValue(Description) ?? arguments.GetValue(Price)) is not null
            ? ErrorCatalog.MissingOption.Refuse("--description and --price are those of an agent, and --name does not say which")
            : null;
    }

    public static FlaggedAgent? Agent(ParseResult arguments) =>
        arguments.GetValue(Name) is { } name ? new FlaggedAgent(name, arguments.GetValue(Description), arguments.GetValue(Price)) : null;

    private static Option<string?> Text(Setting setting, string description, string help, params string[] aliases) =>
        new(setting.Option!, aliases) { Description = description, HelpName = help };

    private static Option<string?> Number(Setting setting, string description) => Text(setting, $"{description} [default: {setting.Default}]", "N");

    private static Option<string[]> Many(Setting setting, string description, string help) =>
        new(setting.Option!) { Description = description, HelpName = help };
}
