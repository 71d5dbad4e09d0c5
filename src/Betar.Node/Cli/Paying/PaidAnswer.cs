using System.Net;
using Betar.Node.Errors;
using Betar.X402;
using Betar.X402.Http.Buying;
using Betar.X402.Wire;

namespace Betar.Node.Cli.Paying;

/// <summary>What a web server gave for the money, or why it did not.</summary>
internal static class PaidAnswer
{
    private const int LongestAnswer = 16 * 1024 * 1024;

    public static async Task<CliRefusal?> PrintAsync(
        CommandContext context, Uri url, string intent, HttpResponseMessage response, IntentRecord? paid, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.PaymentRequired)
        {
            return paid is null
                ? ErrorCatalog.OfferRefused.Refuse($"{url.Authority} demands what this wallet may not pay: look at the price, the network and the payee", "raise --max, name another --network or --pay-to, or say --accept-keep where it keeps the payment of work that fails")
                : ErrorCatalog.SettlementPending.Refuse($"{url.Authority} has not taken the payment of {paid.Amount.ToUsdc()} USDC yet ({Reason(response)})", $"run it again with --intent {intent}");
        }

        await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellation);
        var body = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            return ErrorCatalog.SellerRefused.Refuse($"{url.Authority} answered {(int)response.StatusCode}", $"run it again with --intent {intent}, which never pays twice");
        var settled = Settled(response);
        if (paid is not null && AtomicAmount.TryParse(settled?.Amount ?? "", out var charged) && charged < paid.Amount)
            paid = paid with { Amount = charged };
        PaidReceipt.Print(context, intent, url.ToString(), body, paid, paid is null ? "" : Payee(paid), settled?.Transaction ?? "", (int)response.StatusCode);
        return null;
    }

    /// <summary>Whom the payment is signed for, out of the payment itself.</summary>
    public static string Payee(IntentRecord paid) =>
        WireCodec.ParsePaymentHeader(paid.Value).Value is not { } payment ? ""
        : payment.Payload.TryGetProperty("authorization", out var authorization) ? authorization.Text("to")
        : payment.Payload.TryGetProperty("permit2Authorization", out var permit) && permit.TryGetProperty("witness", out var witness) ? witness.Text("to")
        : "";

    private static SettleResponse? Settled(HttpResponseMessage response) =>
        (response.Headers.TryGetValues(PaymentHeaders.Response, out var values) || response.Headers.TryGetValues(PaymentHeaders.V1Response, out values))
            && values.ToArray() is [var header]
            ? WireCodec.ParseSettledHeader(header).Value
            : null;

    private static string Reason(HttpResponseMessage response) => Settled(response)?.ErrorReason is { Length: > 0 } reason ? VisibleText.Of(reason) : "no reason given";
}
