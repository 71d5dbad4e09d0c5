using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Grains.Settlement;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Node.Cli;
using Betar.Node.Configuration.Settings;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Http;
using Betar.Node.Http.Dashboard;
using Betar.Node.Http.Streaming;
using Betar.Node.Peering;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Composition;

/// <summary><c>betar up</c>: runs the fleet of a data folder until it is told to stop.</summary>
internal static class UpCommand
{
    public static Command Create(CliHost host)
    {
        Command command = Create("up", "Run the fleet until Ctrl-C", host);
        command.Aliases.Add("start");
        return command;
    }

    /// <summary>The original's other ways to start a node.</summary>
    public static Command Create(string name, string description, CliHost host)
    {
        Command command = CliCommand.Create(name, description, host, RunAsync,
            [UpArguments.Name, UpArguments.Description, UpArguments.Price, UpArguments.OnChain]);
        UpArguments.AddTo(command);
        return command;
    }

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        if (UpArguments.CheckAgent(arguments) is { } unusable)
            return unusable;
        var settings = NodeSettings.Load(context.Data, context.Environment, UpArguments.Given(arguments));
        Checked<SellerOptions> options = UpOptions.Read(context.Data, context.Environment, settings, UpArguments.Agent(arguments));
        if (!options.IsOk)
            return options.Refusal;
        Checked<HttpSettings?> http = HttpArguments.Read(settings, context.Environment, UpOptions.HttpOf(settings));
        if (!http.IsOk)
            return http.Refusal;
        foreach (string warning in options.Value.Warnings)
            context.Error.WriteLine($"Warning: {warning}");

        using var signals = new Signals(ignoreInterrupt: false, cancellation);
        using ILoggerFactory lines = NodeLog.Open(context, settings);
        using var loggers = new LogFeed(lines, context.Time) { Ring = new LogRing(new LogRingOptions(), context.Time) };
        try
        {
            await using SellerNode node = await SellerNode.StartAsync(
                context.Data, options.Value with { Http = http.Value }, new NodeContext(context.Time, loggers, context.Environment), signals.Token);
            await using ControlServer control = (await ControlServer.StartAsync(
                context.Data, new NodeControl(node).Handlers, loggers.CreateLogger<ControlServer>(), signals.Token, node.StreamedHandlers)).OrThrow();
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
        FleetAnswers.Write(writer, node);
        writer.WriteEndObject();
    }

    /// <summary>The lines of the original, which scripts read.</summary>
    private static void PrintStart(TextWriter output, SellerNode node)
    {
        output.WriteLine($"Peer ID: {node.Identity.PeerId}");
        output.WriteLine($"Addresses: {string.Join(", ", node.Addresses)}");
        if (node.Part<HttpPart>().Url is { } http)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"HTTP API server running on port {http.Port}"));
            output.WriteLine($"Dashboard: {new Uri(http, DashboardRoutes.Path)}");
        }

        output.WriteLine($"Wallet address: {Address.FromKey(node.Keys.Payee)}");
        string? flagged = node.Options.Source?.Flagged?.Name;
        foreach (Listing agent in node.Listings())
            output.WriteLine($"{(agent.Name == flagged ? "Agent registered" : "Agent loaded from config")}: {VisibleText.Of(agent.Name)} ({agent.Id})");
        output.Flush();
    }
}
