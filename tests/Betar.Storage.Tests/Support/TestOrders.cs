using System.Buffers.Binary;
using Betar.Ethereum;
using Betar.Storage.Ledger;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Tests.Support;

/// <summary>Payments and appends for tests: number n is always the same payment.</summary>
internal static class TestOrders
{
    public static readonly Address Usdc = Address.Parse("0x036cbd53842c5426634e7929541ec2318f3dcf7e");

    public static Address Payer(int number)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        bytes.Fill(0xaa);
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return new Address(bytes);
    }

    public static Nonce NonceOf(int number)
    {
        Span<byte> bytes = stackalloc byte[Nonce.Size];
        bytes.Fill(0x5c);
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return new Nonce(bytes);
    }

    public static PaymentKey Payment(int number, int payer = 1) =>
        new(NetworkId.BaseSepolia, Usdc, Payer(payer), NonceOf(number));

    public static PaymentChannel Channel(int number, int receiver = 2) => PaymentChannel.Of(
        NetworkId.BaseSepolia, new ChannelConfig(Payer(1), Payer(1), Payer(receiver), Payer(3), Usdc, 900, NonceOf(number).Value));

    public static LedgerAppend Append(PaymentKey payment, int index, LedgerKind kind, ulong amount = 1000, string agent = "did:key:z6MkAlpha",
        string reference = "", byte[]? body = null) => new(payment, index, kind, agent, amount, reference, body ?? []);

    public static LedgerAppend Append(int order, int index, LedgerKind kind, ulong amount = 1000) =>
        Append(Payment(order), index, kind, amount);

    public static async Task<LedgerEntry> MustAppendAsync(this ILedger ledger, LedgerAppend append)
    {
        var result = await ledger.AppendAsync(append, default);
        Assert.Equal(AppendStatus.Appended, result.Status);
        return result.Entry!;
    }

    /// <summary>Appends entries of these kinds from index 0.</summary>
    public static async Task RunAsync(this ILedger ledger, PaymentKey payment, ulong amount, params LedgerKind[] kinds)
    {
        for (var index = 0; index < kinds.Length; index++)
            await ledger.MustAppendAsync(Append(payment, index, kinds[index], amount));
    }

    public static Task RunAsync(this ILedger ledger, int order, params LedgerKind[] kinds) =>
        ledger.RunAsync(Payment(order), 1000, kinds);

    public static async Task<List<LedgerEntry>> ListAsync(this ILedger ledger, LedgerQuery query)
    {
        var entries = new List<LedgerEntry>();
        await foreach (var entry in ledger.QueryAsync(query, default))
            entries.Add(entry);
        return entries;
    }
}
