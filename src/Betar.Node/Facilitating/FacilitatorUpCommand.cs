using System.CommandLine;
using System.Net;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Grains.Settlement;
using Betar.Node.Cli;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Errors;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Facilitating;

/// <summary><c>betar facilitator up</c>: verifies and settles payments for sellers elsewhere, until it is told to stop.</summary>
internal static class FacilitatorUpCommand
{
    private const int Most = 1_000_000;
    private const int LeastBody = 4 * 1024;
    private const int MostBody = 16 * 1024 * 1024;
    private const int LongestDrain = 600;

    private static readonly Option<string> s_network = new("--network")
    {
        Description = "Where payments settle: devnet, anvil, or a network of networks.json", HelpName = "NAME", DefaultValueFactory = _ => ChainOpener.Devnet,
    };

    private static readonly Option<string> s_http = new("--http") { Description = "Where to listen; port 0 for any free one", HelpName = "ADDR:PORT", DefaultValueFactory = _ => "127.0.0.1:0" };

    private static readonly Option<string[]> s_payees = new("--allow-payee")
    {
        Description = "Settle for this seller's account only; may be repeated [default: for everybody]", HelpName = "ADDRESS", DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> s_vault = new("--vault") { Description = "The PaymentVault for the scheme betar-vault [default: that of anvil]", HelpName = "ADDRESS" };

    private static readonly Option<int> s_settlers = new("--settlers") { Description = "Accounts that send transactions, in rotation", HelpName = "N", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> s_batch = Number("--batch", "Transfers in one transaction when they wait at the same moment; needs the multicall on the chain", 1);

    private static readonly Option<int> s_perMinute = Number("--per-minute", "Requests of one address in a minute", 6_000);

    private static readonly Option<int> s_payerPerMinute = Number("--payer-per-minute", "Signed payments of one payer in a minute", 6_000);

    private static readonly Option<int> s_maxSettles = Number("--max-settles", "Settlements under way at once", 4_096);

    private static readonly Option<int> s_maxBody = Number("--max-body", "Longest request in bytes", 64 * 1024);

    private static readonly Option<int> s_drain = Number("--drain", "Seconds for requests under way when it is told to stop", 65);

    public static Command Create(CliHost host) => CliCommand.Create(
        "up", "Verify and settle payments for sellers elsewhere, until Ctrl-C", host, RunAsync, s_network, s_http, s_payees, s_vault, s_settlers, s_batch,
        s_perMinute, s_payerPerMinute, s_maxSettles, s_maxBody, s_drain);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        Checked<FacilitatorSettings> settings = Read(context, arguments);
        if (!settings.IsOk)
            return settings.Refusal;
        using var signals = new Signals(ignoreInterrupt: false, cancellation);
        using ILoggerFactory loggers = NodeLogging.Create(context, LogLevel.Warning);
        try
        {
            await using FacilitatorNode node = await FacilitatorNode.StartAsync(
                context.Data, settings.Value, new NodeContext(context.Time, loggers, context.Environment), signals.Token);
            if (context.Json)
                JsonOutput.WriteLine(context.Out, writer => WriteStart(writer, node));
            else
                context.Out.WriteLine($"The facilitator for {node.Chain.Network} answers at {node.Url}; it takes {string.Join(", ", node.Schemes)} and sends from {string.Join(", ", node.Signers)}. Ctrl-C stops it.");
            await context.Out.FlushAsync(CancellationToken.None);
            await Uptime.WaitAsync(context.Time, [node.StoreStopped], signals.Token);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            // Asked to stop: what is under way was drained on the way here.
        }
        return null;
    }

    private static Checked<FacilitatorSettings> Read(CommandContext context, ParseResult arguments)
    {
        Checked<ChainNetwork> network = NetworksFile.Find(context.Data, arguments.GetRequiredValue(s_network));
        if (!network.IsOk)
            return network.Refusal;
        string http = arguments.GetRequiredValue(s_http);
        if (!IPEndPoint.TryParse(http, out IPEndPoint? listen))
            return ErrorCatalog.BadOptionValue.Refuse($"--http {http} is not an address and port", "write it as 127.0.0.1:8402");
        (Option<int> Option, int Least, int Most)[] ranges =
            [(s_settlers, 1, UpOptions.MaxSettlers), (s_batch, 1, SettlementOptions.MostInBatch), (s_perMinute, 1, Most), (s_payerPerMinute, 1, Most), (s_maxSettles, 1, Most), (s_maxBody, LeastBody, MostBody), (s_drain, 0, LongestDrain)];
        foreach ((Option<int> option, int least, int most) in ranges)
            if (arguments.GetValue(option) is var value && (value < least || value > most))
                return ErrorCatalog.BadOptionValue.Refuse($"{option.Name} {value} is not within {least} to {most}");
        List<Address> payees = [];
        foreach (string text in arguments.GetRequiredValue(s_payees))
        {
            if (!Address.TryParse(text, out Address payee))
                return ErrorCatalog.BadAddress.Refuse($"--allow-payee {text} is not an Ethereum address");
            payees.Add(payee);
        }
        Address? vault = null;
        if (arguments.GetValue(s_vault) is { } named)
        {
            if (!Address.TryParse(named, out Address parsed) || parsed.IsZero)
                return ErrorCatalog.BadAddress.Refuse($"--vault {named} is not an Ethereum address");
            vault = parsed;
        }

        return new FacilitatorSettings
        {
            Network = network.Value, Listen = listen, Settlers = arguments.GetValue(s_settlers), Batch = arguments.GetValue(s_batch), Payees = payees.Count == 0 ? null : payees, Vault = vault,
            PerMinute = arguments.GetValue(s_perMinute), PayerPerMinute = arguments.GetValue(s_payerPerMinute), MaxSettles = arguments.GetValue(s_maxSettles),
            MaxBody = arguments.GetValue(s_maxBody), DrainTime = TimeSpan.FromSeconds(arguments.GetValue(s_drain)),
        };
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };

    private static void WriteStart(Utf8JsonWriter writer, FacilitatorNode node)
    {
        writer.WriteStartObject();
        writer.WriteString("url", node.Url.ToString());
        writer.WriteString("network", node.Chain.Asset.Network.ToString());
        writer.WriteString("asset", node.Chain.Asset.Address.ToString());
        WriteAll(writer, "schemes", node.Schemes);
        WriteAll(writer, "signers", node.Signers.Select(signer => signer.ToString()));
        writer.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
