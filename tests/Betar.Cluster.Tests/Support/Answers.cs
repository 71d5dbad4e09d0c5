using System.Text;
using Betar.Ethereum;
using Betar.Storage.Ledger;
using Betar.X402;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Support;

/// <summary>What tests say of answers and of the ledger.</summary>
internal static class Answers
{
    public static X402Response Delivered(X402Reply reply, string output)
    {
        X402Response response = Assert.IsType<X402Response>(reply);
        Assert.Equal(output, OutputBody.Decode(response.Body.Span));
        return response;
    }

    public static X402Error Refused(X402Reply reply, StreamErrorCode code, string? reason = null)
    {
        X402Error error = Assert.IsType<X402Error>(reply);
        Assert.Equal((code, reason ?? error.Message), (error.Code, error.Message));
        return error;
    }

    /// <summary>The chain has not said yet, or the payer would have to get the money first.</summary>
    public static X402Error Pending(X402Reply reply)
    {
        X402Error error = Refused(reply, StreamErrorCode.SettlementFailed);
        Assert.True(
            error.Retryable && error.Message is "settlement_pending" or "invalid_exact_evm_insufficient_balance: the payer has less than the price.", error.Message);
        return error;
    }

    /// <summary>The bytes of an answer, as text: equal when and only when the bytes are.</summary>
    public static string Text(X402Reply reply) => Encoding.UTF8.GetString(MessageCodec.Write(reply));

    public static async Task<LedgerKind[]> KindsAsync(this World world, PaymentKey payment) =>
        [.. (await world.Ledger.ReadAsync(payment, default)).Select(entry => entry.Kind)];

    /// <summary>In, delivered, refunded, held; and that the book is whole.</summary>
    public static async Task AssertTotalsAsync(this World world, ulong taken, ulong delivered, ulong refunded, ulong held = 0)
    {
        LedgerReport report = await world.Ledger.VerifyAsync(default);
        Assert.Empty(report.Faults);
        LedgerTotals totals = await world.Ledger.TotalsAsync(default);
        Assert.True(totals.Conserved);
        Assert.Equal(
            ($"{taken}", $"{delivered}", $"{refunded}", $"{held}"),
            (totals.In.ToString(), totals.Delivered.ToString(), totals.Refunded.ToString(), totals.Held.ToString()));
    }

    public static async Task AssertEmptyAsync(this World world) => Assert.Equal(0, (await world.Ledger.TotalsAsync(default)).Entries);

    public static async Task<int> OrdersOfAsync(this World world, Address payer)
    {
        int entries = 0;
        await foreach (LedgerEntry _ in world.Ledger.QueryAsync(new LedgerQuery { Payer = payer }, default))
            entries++;
        return entries;
    }
}
