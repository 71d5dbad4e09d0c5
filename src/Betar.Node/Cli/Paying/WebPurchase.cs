using System.Net;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Node.Cli.Wallets;
using Betar.Node.Errors;
using Betar.X402.Buying;
using Betar.X402.Http.Buying;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Schemes.Upto;

namespace Betar.Node.Cli.Paying;

/// <summary>Asks a web server for something and pays what it demands, within the order, once.</summary>
internal sealed class WebPurchase(CommandContext context, PayOrder order, Uri url)
{
    private readonly SellerPins _pins = new(new KnownPayees(context.Data), order.PayTo, "", url.ToString());

    public async Task<CliRefusal?> RunAsync(CancellationToken cancellation)
    {
        if (await Confirmation.AskAsync(context, order.Yes, $"Paying up to {order.Max.ToUsdc()} USDC of {order.Wallet} at {url.Authority}", cancellation) is { } no)
            return no;
        var key = WalletArguments.Of(context).Load(order.Wallet);
        if (!key.IsOk)
            return key.Refusal;
        using var signing = key.Value;
        return await PayAsync(signing, cancellation);
    }

    private async Task<CliRefusal?> PayAsync(PrivateKey key, CancellationToken cancellation)
    {
        using var intents = new FileIntentStore(context.Data);
        var cover = new PermitCover(context, order.Network, Address.FromKey(key));
        ISchemeClient[] ways = [new UptoClient(new LocalSigner(key), context.Time, cover.HasAsync), new Eip3009Client(new AuthorizationSigner(key, context.Time))];
        using var http = new HttpClient(new PayingHandler(Options, ways, intents, pins: _pins)
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
            if (paid is null && response.StatusCode == HttpStatusCode.PaymentRequired && _pins.Changed(url.Authority) is { } changed)
                return changed;
            return await PaidAnswer.PrintAsync(context, url, order.Intent, response, paid, cancellation);
        }
        catch (Exception silence) when (silence is HttpRequestException || (silence is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return ErrorCatalog.SellerUnreachable.Refuse($"{url.Authority} does not answer ({silence.Message})", order.Again) with { Cause = silence };
        }
    }

    private BuyerOptions Options => new() { MaxPerRequest = order.Max, AcceptsKeep = order.AcceptKeep, Assets = new PaymentAssets([order.Asset]) };
}
