using System.Net;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Node.Cli.Wallets;
using Betar.Node.Errors;
using Betar.X402.Buying;
using Betar.X402.Http.Buying;
using Betar.X402.Networks;
using Betar.X402.Schemes.ExactEip3009;

namespace Betar.Node.Cli.Paying;

/// <summary>Asks a web server for something and pays what it demands, within the order, once.</summary>
internal sealed class WebPurchase(CommandContext context, PayOrder order, Uri url)
{
    private readonly string _origin = url.GetLeftPart(UriPartial.Authority);
    private readonly KnownPayees _payees = new(context.Data);

    public async Task<CliRefusal?> RunAsync(CancellationToken cancellation)
    {
        var known = _payees.Find(_origin);
        if (!known.IsOk)
            return known.Refusal;
        if (await Confirmation.AskAsync(context, order.Yes, $"Paying up to {order.Max.ToUsdc()} USDC of {order.Wallet} at {url.Authority}", cancellation) is { } no)
            return no;
        var key = WalletArguments.Of(context).Load(order.Wallet);
        if (!key.IsOk)
            return key.Refusal;
        using var signing = key.Value;
        return await PayAsync(signing, known.Value, cancellation);
    }

    private async Task<CliRefusal?> PayAsync(PrivateKey key, KnownPayee? known, CancellationToken cancellation)
    {
        using var intents = new FileIntentStore(context.Data);
        using var http = new HttpClient(new PayingHandler(Options(order.PayTo ?? known?.PayTo), [new Eip3009Client(new AuthorizationSigner(key, context.Time))], intents)
        {
            InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false },
        }) { Timeout = PayOrder.Deadline };
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (order.Body is { } body)
            (request.Method, request.Content) = (HttpMethod.Post, new StringContent(body));
        request.SetPaymentIntent(order.Intent);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var paid = intents.Find(order.Intent);
            if (paid is not null && (known is null || order.PayTo is not null))
                _payees.Keep(new KnownPayee(_origin, "", url.ToString(), Address.Parse(PaidAnswer.Payee(paid))));
            if (paid is null && known is not null && order.PayTo is null && response.StatusCode == HttpStatusCode.PaymentRequired
                && await PaidAnswer.OtherPayeeAsync(response, known.PayTo, cancellation) is { } other)
                return KnownPayees.Changed(url.Authority, known.PayTo, other);
            return await PaidAnswer.PrintAsync(context, url, order.Intent, response, paid, cancellation);
        }
        catch (Exception silence) when (silence is HttpRequestException || (silence is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return ErrorCatalog.SellerUnreachable.Refuse($"{url.Authority} does not answer ({silence.Message})", order.Again) with { Cause = silence };
        }
    }

    private BuyerOptions Options(Address? payee) => new()
    {
        MaxPerRequest = order.Max, Assets = new PaymentAssets([order.Asset]), TrustFirstPayee = payee is null,
        Payees = payee is { } one ? new Dictionary<string, Address> { [_origin] = one } : [],
    };
}
