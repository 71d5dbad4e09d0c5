using System.CommandLine;
using System.Globalization;
using Betar.Ethereum.Networks;
using Betar.Node.Cli;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Demo.Interop;
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

    private static readonly Option<string?> s_interop = new("--interop")
    {
        Description = $"Let a foreign peer buy instead of a node: {JsTools.Name} is js-libp2p with viem", HelpName = "PEER",
    };

    public static Command Create(CliHost host) => CliCommand.Create(
        "demo", "Show a fleet that sells, a buyer that pays, and a crash that costs nobody anything, on a chain of its own", host, RunAsync, s_once, s_network, s_interop);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        Checked<ChainNetwork> network = NetworksFile.Find(context.Data, arguments.GetRequiredValue(s_network));
        if (!network.IsOk)
            return network.Refusal;
        Checked<JsTools?> js = FindPeer(arguments.GetValue(s_interop));
        if (!js.IsOk)
            return js.Refusal;
        bool given = arguments.GetValue(GlobalOptions.Data) is not null;
        DataFolder folder = given ? context.Data : new DataFolder(Path.Combine(Path.GetTempPath(), $"betar-demo-{Guid.NewGuid():N}"));
        using var signals = new Signals(ignoreInterrupt: false, cancellation);
        try
        {
            return await PlayAsync(context, folder, network.Value, js.Value, arguments.GetValue(s_once), signals.Token);
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

    private static Checked<JsTools?> FindPeer(string? name) => name switch
    {
        null => new Checked<JsTools?>(),
        JsTools.Name => JsTools.Find(AppContext.BaseDirectory) is var found && found.IsOk ? found.Value : found.Refusal!,
        _ => ErrorCatalog.BadOptionValue.Refuse($"--interop knows {JsTools.Name} and not {VisibleText.Of(name)}"),
    };

    private static async Task<CliRefusal?> PlayAsync(
        CommandContext context, DataFolder folder, ChainNetwork network, JsTools? js, bool once, CancellationToken cancellation)
    {
        using ILoggerFactory loggers = NodeLogging.Create(context, LogLevel.None);
        var shared = new NodeContext(context.Time, loggers, context.Environment);
        if (!context.Json)
        {
            context.Out.WriteLine($"""
                A seller with {DemoAgents.Count} agents: one computes in the node, one is a program of this machine, one is a web service.
                A buyer with a wallet of test money{(js is null ? "" : ", which is js-libp2p with viem and nothing of ours")}. They are two nodes that meet over libp2p; {network.Name} is the chain. Data: {folder.Root}
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
            DemoReport report = js is null
                ? await WithOurBuyerAsync(context, folder, seller, shared, once, loggers, cancellation)
                : await WithJsBuyerAsync(context, seller, js, once, loggers, cancellation);
            return report.Ok ? null : ErrorCatalog.DemoFailed.Refuse($"Step {report.Steps.FirstOrDefault(step => !step.Ok)?.Name ?? "ledger"} of the demo failed");
        }
        finally
        {
            await chain.StopAsync();
        }
    }

    private static async Task<DemoReport> WithOurBuyerAsync(
        CommandContext context, DataFolder folder, DemoSeller seller, NodeContext shared, bool once, ILoggerFactory loggers, CancellationToken cancellation)
    {
        await using DemoBuyer buyer = await DemoBuyer.StartAsync(new DataFolder(Path.Combine(folder.Root, "buyer")), seller, folder, shared, cancellation);
        DemoReport report = await new DemoStory(seller, buyer, step => Print(context, step)).TellAsync(cancellation);
        Print(context, report);
        if (!once)
            await DemoStay.StayAsync(context, seller.Node, buyer.Node, loggers, cancellation);
        return report;
    }

    private static async Task<DemoReport> WithJsBuyerAsync(
        CommandContext context, DemoSeller seller, JsTools js, bool once, ILoggerFactory loggers, CancellationToken cancellation)
    {
        DemoReport report;
        await using (JsPeer peer = await JsPeer.StartAsync(js, context.Time, cancellation))
        {
            JsBuyer buyer = await JsBuyer.CreateAsync(peer, seller.Chain.Asset, context.Time, cancellation);
            await seller.Chain.FillAsync(buyer.Account, DemoBuyer.Money, cancellation);
            report = await new JsStory(seller, buyer, step => Print(context, step)).TellAsync(cancellation);
            Print(context, report with { BuyerVersion = peer.Version });
        }

        if (!once)
            await DemoStay.StayAsync(context, seller.Node, null, loggers, cancellation);
        return report;
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
