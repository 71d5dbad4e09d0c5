using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Grains.Settlement;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Node.Cli;
using Betar.Node.Configuration;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Http;
using Betar.Node.Http.Streaming;
using Betar.Node.Peering;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Composition;

/// <summary><c>betar up</c>: runs the fleet of a data folder until it is told to stop.</summary>
internal static class UpCommand
{
    private static readonly Option<string?> s_agents = new("--agents") { Description = "The fleet's declaration [default: agents.yaml of the data folder]", HelpName = "FILE" };

    private static readonly Option<string> s_network = new("--network") { Description = "Where payments settle: devnet, anvil, or a network of networks.json", HelpName = "NAME", DefaultValueFactory = _ => ChainOpener.Devnet };

    private static readonly Option<string[]> s_listen = new("--listen")
    {
        Description = "Where peers may come in; port 0 for any free one; may be repeated", HelpName = "MULTIADDR", DefaultValueFactory = _ => ["/ip4/127.0.0.1/tcp/0"],
    };

    private static readonly Option<int> s_silos = new("--silos") { Description = "Silos in this process", HelpName = "N", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> s_settlers = new("--settlers") { Description = "Accounts that send transactions, in rotation", HelpName = "N", DefaultValueFactory = _ => 1 };

    private static readonly Option<string[]> s_fund = new("--fund")
    {
        Description = "Test money for an account of the test chain, in USDC; may be repeated", HelpName = "ADDRESS=AMOUNT", DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> s_facilitator = new("--facilitator") { Description = "Let this facilitator bring payments onto the chain [default: facilitator of the agents file, or this node's own accounts]", HelpName = "URL" };

    private static readonly Option<string[]> s_bootstrap = new("--bootstrap")
    {
        Description = "A node that is dialled, and again whenever it is gone; may be repeated", HelpName = "MULTIADDR", DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> s_noMdns = new("--no-mdns") { Description = "Do not look for nodes on the local network" };

    private static readonly Option<string> s_mdnsService = new("--mdns-service")
    {
        Description = "The name under which nodes of the local network find each other", HelpName = "NAME", DefaultValueFactory = _ => NetworkOptions.DefaultService,
    };

    public static Command Create(CliHost host)
    {
        Command command = CliCommand.Create(
            "up", "Run the fleet until Ctrl-C", host, RunAsync,
            [s_agents, s_network, s_listen, s_silos, s_settlers, s_fund, s_facilitator, s_bootstrap, s_noMdns, s_mdnsService, .. HttpArguments.All]);
        command.Aliases.Add("start");
        return command;
    }

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        string? agents = arguments.GetValue(s_agents);
        Checked<HttpSettings?> http = HttpArguments.Read(arguments, context.Environment);
        if (!http.IsOk)
            return http.Refusal;
        Checked<ChainNetwork> network = NetworksFile.Find(context.Data, arguments.GetRequiredValue(s_network));
        if (!network.IsOk)
            return network.Refusal;
        Checked<NetworkOptions> finding = UpOptions.ReadFinding(
            arguments.GetRequiredValue(s_bootstrap), !arguments.GetValue(s_noMdns), arguments.GetRequiredValue(s_mdnsService));
        if (!finding.IsOk)
            return finding.Refusal;
        Checked<SellerOptions> options = UpOptions.Read(
            agents ?? context.Data.Agents, agents is not null, network.Value, arguments.GetRequiredValue(s_listen),
            arguments.GetValue(s_silos), arguments.GetValue(s_settlers), arguments.GetRequiredValue(s_fund), arguments.GetValue(s_facilitator), finding.Value);
        if (!options.IsOk)
            return options.Refusal;

        using var signals = new Signals(ignoreInterrupt: false, cancellation);
        using ILoggerFactory lines = NodeLogging.Create(context, LogLevel.Warning);
        using var loggers = new LogFeed(lines, context.Time);
        try
        {
            await using SellerNode node = await SellerNode.StartAsync(
                context.Data, options.Value with { Http = http.Value }, new NodeContext(context.Time, loggers, context.Environment), signals.Token);
            await using ControlServer control = (await ControlServer.StartAsync(
                context.Data, new NodeControl(node).Handlers, loggers.CreateLogger<ControlServer>(), signals.Token)).OrThrow();
            if (context.Json)
                JsonOutput.WriteLine(context.Out, writer => WriteStart(writer, node));
            else
                PrintStart(context.Out, node);
            using var events = NetworkEventLines.Start(context, node.Presences);
            await Uptime.WaitAsync(context.Time, [node.StoreStopped, node.Presences.StoreStopped], signals.Token);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            // Asked to stop: everything was drained and closed on the way here.
        }
        return null;
    }

    private static void WriteStart(Utf8JsonWriter writer, SellerNode node)
    {
        writer.WriteStartObject();
        writer.WriteString("peerId", node.Identity.PeerId);
        writer.WriteStartArray("addresses");
        foreach (Multiaddr address in node.Addresses)
            writer.WriteStringValue(address.ToString());
        writer.WriteEndArray();
        writer.WriteString("http", node.Part<HttpPart>().Url?.ToString());
        writer.WriteString("network", node.Chain.Asset.Network.ToString());
        writer.WritePropertyName("agents");
        writer.WriteRawValue(ListingJson.EncodeAnswers(node.Listings(), int.MaxValue));
        writer.WriteEndObject();
    }

    /// <summary>The lines of the original, which scripts read.</summary>
    private static void PrintStart(TextWriter output, SellerNode node)
    {
        output.WriteLine($"Peer ID: {node.Identity.PeerId}");
        output.WriteLine($"Addresses: {string.Join(", ", node.Addresses)}");
        if (node.Part<HttpPart>().Url is { } http)
            output.WriteLine($"HTTP: {http}");
        output.WriteLine($"Wallet address: {Address.FromKey(node.Keys.Payee)}");
        foreach (Listing agent in node.Listings())
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Agent loaded from config: {agent.Name} ({agent.Id})"));
        output.Flush();
    }
}
