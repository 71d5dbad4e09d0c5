using System.CommandLine;
using System.Globalization;
using Betar.Ethereum.Networks;
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
    private static readonly Option<bool> s_once = new("--once") { Description = "End when everything was shown" };

    private static readonly Option<string> s_network = new("--network")
    {
        Description = "Where payments settle: devnet, or anvil", HelpName = "NAME", DefaultValueFactory = _ => ChainOpener.Devnet,
    };

    public static Command Create(CliHost host) => CliCommand.Create(
        "demo", "Show a fleet that sells, a buyer that pays, and a crash that costs nobody anything, on a chain of its own", host, RunAsync, s_once, s_network);

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
        {
            context.Out.WriteLine($"""
                A seller with {DemoAgents.Count} agents: one computes in the node, one is a program of this machine, one is a web service.
                A buyer with a wallet of test money. They are two nodes that meet over libp2p; {network.Name} is the chain. Data: {folder.Root}
                """);
        }

        folder.Prepare().OrThrow();
        await using ChainLink chain = (await ChainOpener.OpenAsync(folder, network, shared, cancellation)).OrThrow();
        try
        {
            await using DemoWebhook webhook = await DemoWebhook.StartAsync(cancellation);
            await File.WriteAllTextAsync(DemoAgents.FileOf(folder), DemoAgents.Declare(webhook.Url), cancellation);
            await using var seller = new DemoSeller(folder, chain, shared);
            await seller.StartAsync(cancellation);
            await using DemoBuyer buyer = await DemoBuyer.StartAsync(
                new DataFolder(Path.Combine(folder.Root, "buyer")), seller, folder, shared, cancellation);
            DemoReport report = await new DemoStory(seller, buyer, step => Print(context, step)).TellAsync(cancellation);
            Print(context, report);
            if (!once)
                await StayAsync(context, seller.Node, buyer.Node, loggers, cancellation);
            return report.Ok ? null : ErrorCatalog.DemoFailed.Refuse($"Step {report.Steps.FirstOrDefault(step => !step.Ok)?.Name ?? "ledger"} of the demo failed");
        }
        finally
        {
            await chain.StopAsync();
        }
    }

    private static async Task StayAsync(
        CommandContext context, SellerNode seller, SellerNode buyer, ILoggerFactory loggers, CancellationToken cancellation)
    {
        ILogger<ControlServer> log = loggers.CreateLogger<ControlServer>();
        await using ControlServer sellerControl = (await ControlServer.StartAsync(
            seller.Folder, new NodeControl(seller).Handlers, log, cancellation)).OrThrow();
        await using ControlServer buyerControl = (await ControlServer.StartAsync(
            buyer.Folder, new NodeControl(buyer).Handlers, log, cancellation)).OrThrow();
        if (!context.Json)
        {
            context.Out.WriteLine($"""

                It stays up. To buy more, in another terminal:
                  ./betar market list --data {buyer.Folder.Root}
                  ./betar agent execute --agent-id {DemoAgents.Math} --task "2^64" --data {buyer.Folder.Root}
                and to see what was sold:
                  ./betar order list --data {seller.Folder.Root}
                  ./betar ledger verify --data {seller.Folder.Root}
                Ctrl-C ends it.
                """);
        }
        await Uptime.WaitAsync(context.Time, [seller.StoreStopped, buyer.StoreStopped], cancellation);
    }

    private static void Print(CommandContext context, DemoReport report)
    {
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, report.Write);
            return;
        }

        context.Out.WriteLine("What the buyer paid, and what it got:");
        foreach (DemoReceipt receipt in report.Receipts)
            context.Out.WriteLine($"  {receipt.Tells}");
        context.Out.WriteLine(report.Ok ? "Everything held." : "Something did not hold.");
    }

    private static void Print(CommandContext context, DemoStep step)
    {
        if (!context.Json)
            context.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {(step.Ok ? "ok  " : "FAIL")} {step.Name,-10} {step.Milliseconds,8:0.0} ms  {step.Tells}"));
    }
}
