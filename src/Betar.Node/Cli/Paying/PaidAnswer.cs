using System.Net;
using Betar.Node.Errors;
using Betar.X402.Http.Buying;
using Betar.X402.Wire;

namespace Betar.Node.Cli.Paying;

/// <summary>What came for the money. The JSON is a receipt that <c>betar receipt verify</c> reads.</summary>
internal static class PaidAnswer
{
    private const int LongestAnswer = 16 * 1024 * 1024;

    public static async Task<CliRefusal?> PrintAsync(
        CommandContext context, Uri url, string intent, HttpResponseMessage response, IntentRecord? paid, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.PaymentRequired)
        {
            return paid is null
                ? ErrorCatalog.OfferRefused.Refuse($"{url.Authority} demands what this wallet may not pay: look at the price, the network and the payee", "raise --max, or name another --network or --pay-to")
                : ErrorCatalog.SettlementPending.Refuse($"{url.Authority} has not taken the payment of {paid.Amount.ToUsdc()} USDC yet ({Reason(response)})", $"run it again with --intent {intent}");
        }

        await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellation);
        var body = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            return ErrorCatalog.SellerRefused.Refuse($"{url.Authority} answered {(int)response.StatusCode}", $"run it again with --intent {intent}, which never pays twice");
        if (!context.Json)
        {
            await context.Out.WriteLineAsync(body);
            return null;
        }

        JsonOutput.WriteLine(context.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("status", (int)response.StatusCode);
            writer.WriteString("intent", intent);
            writer.WriteString("agentId", url.ToString());
            writer.WriteString("output", body);
            if (paid is not null)
            {
                writer.WriteString("payment", paid.Key.ToString());
                writer.WriteString("amount", paid.Amount.ToString());
                writer.WriteString("payTo", Payee(paid));
                writer.WriteString("transaction", Settled(response)?.Transaction ?? "");
            }

            writer.WriteEndObject();
        });
        return null;
    }

    /// <summary>Whom the payment is signed for, out of the payment itself.</summary>
    private static string Payee(IntentRecord paid) =>
        WireCodec.ParsePaymentHeader(paid.Value).Value is { } payment && payment.Payload.TryGetProperty("authorization", out var authorization)
            ? authorization.Text("to")
            : "";

    private static SettleResponse? Settled(HttpResponseMessage response) =>
        (response.Headers.TryGetValues(PaymentHeaders.Response, out var values) || response.Headers.TryGetValues(PaymentHeaders.V1Response, out values))
            && values.ToArray() is [var header]
            ? WireCodec.ParseSettledHeader(header).Value
            : null;

    private static string Reason(HttpResponseMessage response) => Settled(response)?.ErrorReason is { Length: > 0 } reason ? VisibleText.Of(reason) : "no reason given";
}
