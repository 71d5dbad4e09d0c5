using System.CommandLine;
using System.Globalization;
using Betar.Ethereum.Networks;
using Betar.Marketplace.Listings;
using Betar.Node.Cli;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Demo;

/// <summary><c>betar demo</c>: a seller's fleet, a buyer beside it, and everything that happens between them.</summary>
internal static class DemoCommand
{
    private const ulong BuyersMoney = 100_000_000;

    private static readonly Option<bool> s_once = new("--once") { Description = "End when everything was shown" };

    private static readonly Option<string> s_network = new("--network")
    {
        Description = "Where payments settle: devnet, or anvil", HelpName = "NAME", DefaultValueFactory = _ => ChainOpener.Devnet,
    };

    public static Command Create(CliHost host) => CliCommand.Create(
        "demo", "Show a fleet that sells and a buyer that pays, on a chain of its own", host, RunAsync, s_once, s_network);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        Checked<ChainNetwork> network = NetworksFile.Find(context.Data, arguments.GetRequiredValue(s_network));
        if (!network.IsOk)
            return network.Refusal;
        bool given = arguments.GetValue(GlobalOptions.Data) is not null;
        DataFolder folder = given ? context.Data : new DataFolder(Path.Combine(Path.GetTempPath(), $"betar-demo-{Guid.NewGuid():N}"));
        using var signals = new Signals(ignoreInterrupt: false, cancellation);
        try
        {
            return await PlayAsync(context, folder, network.Value, arguments.GetValue(s_once), signals.Token);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (!given && Directory.Exists(folder.Root))
                Directory.Delete(folder.Root, recursive: true);
        }
    }

    private static async Task<CliRefusal?> PlayAsync(CommandContext context, DataFolder folder, ChainNetwork network, bool once, CancellationToken cancellation)
    {
        using ILoggerFactory loggers = NodeLogging.Create(context, LogLevel.None);
        var shared = new NodeContext(context.Time, loggers, context.Environment);
        if (!context.Json)
            context.Out.WriteLine($"A fleet of {DemoAgents.All.Count} agents on two silos, {network.Name} as the chain in its own process, and a buyer. Data: {folder.Root}");

        await using SellerNode seller = await SellerNode.StartAsync(
            folder, new SellerOptions { Agents = DemoAgents.All, Network = network, Silos = 2 }, shared, cancellation);
        try
        {
            await using BuyerNode buyer = await BuyerNode.StartAsync(
                new DataFolder(Path.Combine(folder.Root, "buyer")), seller.Chain, BuyersMoney, shared, cancellation);
            DemoReport report = await new DemoStory(seller, buyer, step => Print(context, step)).TellAsync(cancellation);
            if (context.Json)
                JsonOutput.WriteLine(context.Out, report.Write);
            else
                context.Out.WriteLine(report.Ok ? "Everything held." : "Something did not hold.");
            if (!once)
                await StayAsync(context, seller, buyer, loggers, cancellation);
            return report.Ok ? null : ErrorCatalog.DemoFailed.Refuse($"Step {report.Steps.FirstOrDefault(step => !step.Ok)?.Name ?? "ledger"} of the demo failed");
        }
        finally
        {
            await seller.Chain.StopAsync();
        }
    }

    private static async Task StayAsync(
        CommandContext context, SellerNode seller, BuyerNode buyer, ILoggerFactory loggers, CancellationToken cancellation)
    {
        ILogger<ControlServer> log = loggers.CreateLogger<ControlServer>();
        await using ControlServer sellerControl = (await ControlServer.StartAsync(
            seller.Folder, new NodeControl(seller).Handlers, log, cancellation)).OrThrow();
        await using ControlServer buyerControl = (await ControlServer.StartAsync(
            buyer.Folder, new BuyerControl(buyer, seller.Addresses[0]).Handlers, log, cancellation)).OrThrow();
        if (!context.Json)
        {
            Listing example = seller.Listings()[^1];
            context.Out.WriteLine($"""

                It stays up. To buy more, in another terminal:
                  ./betar agent list --data {buyer.Folder.Root}
                  ./betar agent execute --agent-id {example.Id} --task "2^64" --data {buyer.Folder.Root}
                and to see what was sold:
                  ./betar order list --data {seller.Folder.Root}
                  ./betar ledger verify --data {seller.Folder.Root}
                Ctrl-C ends it.
                """);
        }
        await Uptime.WaitAsync(context.Time, [seller.StoreStopped, buyer.StoreStopped], cancellation);
    }

    private static void Print(CommandContext context, DemoStep step)
    {
        if (!context.Json)
            context.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {(step.Ok ? "ok  " : "FAIL")} {step.Name,-9} {step.Milliseconds,8:0.0} ms  {step.Tells}"));
    }
}
