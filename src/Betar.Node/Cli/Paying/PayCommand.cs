using System.CommandLine;
using Betar.Ethereum;
using Betar.Node.Cli.Wallets;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Errors;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Http.Buying;
using Betar.X402.Networks;
using Betar.X402.Schemes.ExactEip3009;

namespace Betar.Node.Cli.Paying;

/// <summary><c>betar pay</c>: asks a web server for something and pays what it demands, within a limit, once.</summary>
internal static class PayCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly Argument<string> Url = new("url") { Description = "What to ask for", HelpName = "URL" };

    private static readonly Option<string> Max = new("--max") { Description = "The most to pay, in USDC", HelpName = "AMOUNT", Required = true };

    private static readonly Option<string> Wallet = new("--wallet") { Description = "The account that pays", HelpName = "NAME", DefaultValueFactory = _ => BuyerNode.WalletName };

    private static readonly Option<string> Network = new("--network") { Description = "The network to pay on", HelpName = "NAME", DefaultValueFactory = _ => ChainOpener.Devnet };

    private static readonly Option<string?> PayTo = new("--pay-to") { Description = "Pay this account and no other [default: whom the server names]", HelpName = "ADDRESS" };

    private static readonly Option<string?> Intent = new("--intent") { Description = "A name for this purchase: the same name again never pays twice", HelpName = "ID" };

    private static readonly Option<string?> Body = new("--body") { Description = "Send this by POST", HelpName = "TEXT" };

    public static Command Create(CliHost host) => CliCommand.Create(
        "pay", "Ask a web server for something, and pay for it once, up to a limit", host, RunAsync,
        Url, Max, Wallet, Network, PayTo, Intent, Body, Confirmation.Yes);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var text = arguments.GetRequiredValue(Url);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            return ErrorCatalog.BadOptionValue.Refuse($"{text} is not an address to pay at", "write it as https://…; http only for this machine, because whoever listens could use the payment");
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
            return WalletArguments.Unknown(context, wallet);
        if (await Confirmation.AskAsync(context, arguments.GetValue(Confirmation.Yes), $"Paying up to {max.ToUsdc()} USDC of {wallet} at {url.Authority}", cancellation) is { } no)
            return no;
        var asset = new PaymentAsset(new NetworkId(network.Value.ChainId), network.Value.Usdc, network.Value.DomainName, network.Value.DomainVersion);
        return await PayAsync(context, arguments, url, Options(url, max, asset, payee), wallet, cancellation);
    }

    private static BuyerOptions Options(Uri url, AtomicAmount max, PaymentAsset asset, Address? payee) => new()
    {
        MaxPerRequest = max, Assets = new PaymentAssets([asset]), TrustFirstPayee = payee is null,
        Payees = payee is { } one ? new Dictionary<string, Address> { [url.GetLeftPart(UriPartial.Authority)] = one } : [],
    };

    private static async Task<CliRefusal?> PayAsync(
        CommandContext context, ParseResult arguments, Uri url, BuyerOptions options, string wallet, CancellationToken cancellation)
    {
        var key = WalletArguments.Of(context).Load(wallet);
        if (!key.IsOk)
            return key.Refusal;
        using var signing = key.Value;
        using var intents = new FileIntentStore(context.Data);
        var intent = arguments.GetValue(Intent) ?? Guid.NewGuid().ToString("N");
        using var http = new HttpClient(new PayingHandler(options, [new Eip3009Client(new AuthorizationSigner(signing, context.Time))], intents)
        {
            InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false },
        }) { Timeout = Deadline };
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (arguments.GetValue(Body) is { } body)
            (request.Method, request.Content) = (HttpMethod.Post, new StringContent(body));
        request.SetPaymentIntent(intent);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            return await PaidAnswer.PrintAsync(context, url, intent, response, intents.Find(intent), cancellation);
        }
        catch (Exception silence) when (silence is HttpRequestException || (silence is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return ErrorCatalog.SellerUnreachable.Refuse($"{url.Authority} does not answer ({silence.Message})", $"run it again with --intent {intent}: what was signed is used again") with { Cause = silence };
        }
    }
}
