using System.CommandLine;
using Betar.Ethereum;
using Betar.Marketplace.Listings;
using Betar.Node.Cli.Wallets;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Errors;
using Betar.X402;
using Betar.X402.Networks;

namespace Betar.Node.Cli.Paying;

/// <summary><c>betar pay</c>: asks a web server or an agent of a peer for something and pays what it demands, within a limit, once.</summary>
internal static class PayCommand
{
    public const string WalletName = "buyer";

    private static readonly Argument<string> What = new("url|agent") { Description = "What to ask: a web address, or an agent's name or id", HelpName = "URL|AGENT" };

    private static readonly Option<string> Max = new("--max") { Description = "The most to pay, in USDC", HelpName = "AMOUNT", Required = true };

    private static readonly Option<string?> At = new("--at") { Description = "Where the agent's seller is [default: where it was bought from before, else what the running node knows]", HelpName = "MULTIADDR" };

    private static readonly Option<string> Wallet = new("--wallet") { Description = "The account that pays", HelpName = "NAME", DefaultValueFactory = _ => WalletName };

    private static readonly Option<string> Network = new("--network") { Description = "The network to pay on", HelpName = "NAME", DefaultValueFactory = _ => ChainOpener.Devnet };

    private static readonly Option<string?> PayTo = new("--pay-to") { Description = "Pay this account and no other [default: whom the seller names, and the same as before]", HelpName = "ADDRESS" };

    private static readonly Option<string?> Intent = new("--intent") { Description = "A name for this purchase: the same name again never pays twice", HelpName = "ID" };

    private static readonly Option<string?> Body = new("--body", "--task") { Description = "What the agent shall do; to a web server it is sent by POST", HelpName = "TEXT" };

    private static readonly Option<bool> AcceptUnverified = new("--accept-unverified") { Description = "Buy also what its seller itself did not list: hearsay and what is disputed" };

    private static readonly Option<bool> AcceptKeep = new("--accept-keep") { Description = "Also buy from a seller that says it keeps the payment when its work fails" };

    public static Command Create(CliHost host) => CliCommand.Create(
        "pay", "Ask a web server or an agent for something, and pay for it once, up to a limit", host, RunAsync,
        What, Max, At, Wallet, Network, PayTo, Intent, Body, AcceptUnverified, AcceptKeep, Confirmation.Yes);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var what = arguments.GetRequiredValue(What);
        var isWeb = what.Contains("://", StringComparison.Ordinal);
        Uri? url = null;
        if (isWeb && (!Uri.TryCreate(what, UriKind.Absolute, out url) || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))))
            return ErrorCatalog.BadOptionValue.Refuse($"{what} is not an address to pay at", "write it as https://…; http only for this machine, because whoever listens could use the payment");
        var order = ReadOrder(context, arguments);
        if (!order.IsOk)
            return order.Refusal;
        if (url is not null)
            return arguments.GetValue(At) is null
                ? await new WebPurchase(context, order.Value, url).RunAsync(cancellation)
                : ErrorCatalog.BadOptionValue.Refuse("--at says where an agent is, and a web address says so itself", "leave --at out");
        what = ListingId.Unescape(what);
        var target = AgentTarget.Find(what, arguments.GetValue(At), new KnownPayees(context.Data));
        if (!target.IsOk && target.Refusal.Error == ErrorCatalog.MissingOption)
            target = await MarketTarget.FindAsync(context, what, arguments.GetValue(AcceptUnverified), cancellation);
        return target.IsOk ? await new AgentPurchase(context, order.Value, target.Value).RunAsync(cancellation) : target.Refusal;
    }

    private static Checked<PayOrder> ReadOrder(CommandContext context, ParseResult arguments)
    {
        if (!AtomicAmount.TryParseUsdc(arguments.GetRequiredValue(Max), out var max) || max.IsZero)
            return ErrorCatalog.BadPrice.Refuse($"--max {arguments.GetRequiredValue(Max)} is no amount of USDC");
        var network = NetworksFile.Find(context.Data, arguments.GetRequiredValue(Network));
        if (!network.IsOk)
            return network.Refusal;
        Address? payee = null;
        if (arguments.GetValue(PayTo) is { } named)
        {
            if (!Address.TryParse(named, out var address))
                return ErrorCatalog.BadAddress.Refuse($"--pay-to {named} is not an Ethereum address");
            payee = address;
        }

        var wallet = arguments.GetRequiredValue(Wallet);
        if (WalletArguments.Check(wallet) is { } bad)
            return bad;
        if (!WalletArguments.Of(context).Exists(wallet))
            return ErrorCatalog.WalletUnknown.Refuse($"There is no wallet {wallet} in {context.Data.Keystore}", $"make it with betar wallet new {wallet}, or name another with --wallet");
        return new PayOrder
        {
            Max = max, Network = network.Value.Name, Wallet = wallet, PayTo = payee, Body = arguments.GetValue(Body), Yes = arguments.GetValue(Confirmation.Yes),
            Asset = new PaymentAsset(new NetworkId(network.Value.ChainId), network.Value.Usdc, network.Value.DomainName, network.Value.DomainVersion),
            Intent = arguments.GetValue(Intent) ?? Guid.NewGuid().ToString("N"), AcceptKeep = arguments.GetValue(AcceptKeep),
        };
    }
}
