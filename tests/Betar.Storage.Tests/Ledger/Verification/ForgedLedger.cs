using System.Globalization;
using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Ledger;
using Betar.Storage.Sqlite;
using Betar.Storage.Tests.Support;
using Betar.X402;

namespace Betar.Storage.Tests.Ledger.Verification;

/// <summary>
/// A ledger by somebody who knows the format and keeps no rule: every hash, sum and count fits what he wrote, so that verification
/// has nothing but the broken rule itself to go by.
/// </summary>
internal sealed class ForgedLedger
{
    private readonly List<LedgerEntry> entries = [];
    private readonly Dictionary<PaymentKey, LedgerEntry> tails = [];

    /// <summary>One more entry, with the right hash whatever it says.</summary>
    /// <param name="order">Which order.</param>
    /// <param name="index">Its place in it.</param>
    /// <param name="kind">What it says.</param>
    /// <param name="amount">How much.</param>
    /// <param name="previous">What it points at; the order's entry before unless told otherwise.</param>
    public ForgedLedger Add(int order, int index, LedgerKind kind, ulong amount = 1000, Hash32? previous = null)
    {
        var payment = TestOrders.Payment(order);
        var before = previous ?? (tails.TryGetValue(payment, out var tail) ? tail.Hash : Hash32.Zero);
        var entry = new LedgerEntry(entries.Count + 1, payment, index, kind, DateTimeOffset.UnixEpoch, "agent", amount, "", default, before, default);
        entry = entry with { Hash = LedgerHash.Entry(entry) };
        entries.Add(entry);
        tails[payment] = entry;
        return this;
    }

    /// <summary>Takes the last two entries' places in the file, so that the later index comes first.</summary>
    public ForgedLedger SwapLastTwo()
    {
        var (earlier, later) = (entries[^2], entries[^1]);
        var first = Resealed(later with { Sequence = earlier.Sequence, PreviousHash = Hash32.Zero });
        entries[^2] = first;
        entries[^1] = Resealed(earlier with { Sequence = later.Sequence });
        entries[^2] = Resealed(first with { PreviousHash = entries[^1].Hash });
        return this;
    }

    public async Task<LedgerReport> VerifyAsync()
    {
        using var folder = new TempFolder();
        await using (BetarDatabase.Open(folder.Database))
        {
        }

        using (var connection = SqliteConnection.Open(folder.Database, SqliteOpenMode.ReadWrite, TimeSpan.Zero))
            Write(connection);
        await using var database = BetarDatabase.OpenReadOnly(folder.Database);
        return await database.Ledger.VerifyAsync(default);
    }

    private static LedgerEntry Resealed(LedgerEntry entry) => entry with { Hash = LedgerHash.Entry(entry) };

    private void Write(SqliteConnection connection)
    {
        var accumulator = Hash32.Zero;
        foreach (var entry in entries)
        {
            accumulator = LedgerHash.Accumulate(accumulator, entry.Hash);
            using var insert = connection.PrepareOnce(LedgerSql.Insert);
            insert.Bind(1, entry.Sequence).Bind(2, entry.Payment.Network.ToString()).Bind(3, entry.Payment.Asset.ToLowerHex())
                .Bind(4, entry.Payment.From.ToLowerHex()).Bind(5, entry.Payment.Nonce.ToString()).Bind(6, entry.Index)
                .Bind(7, (long)entry.Kind).Bind(8, entry.At.ToUnixTimeMilliseconds()).Bind(9, entry.AgentId)
                .Bind(10, entry.Amount.ToString()).Bind(11, entry.Reference).Bind(12, entry.Body.Span)
                .Bind(13, entry.PreviousHash.ToArray()).Bind(14, entry.Hash.ToArray()).Run();
        }

        foreach (var order in entries.GroupBy(entry => entry.Payment).Select(order => order.OrderBy(entry => entry.Index).ToList()))
        {
            if (!LedgerTransitions.IsEnd(order[^1].Kind))
                connection.Execute($"INSERT INTO ledger_open VALUES ({order[0].Sequence}, {order[^1].Sequence})");
        }

        var held = entries.GroupBy(entry => entry.Payment).Select(order => order.MaxBy(entry => entry.Index)!)
            .Where(last => LedgerTransitions.HoldsMoney(last.Kind)).Aggregate(0UL, (sum, last) => sum + Units(last));
        connection.Execute(string.Create(CultureInfo.InvariantCulture,
            $"INSERT INTO ledger_totals VALUES ('{NetworkId.BaseSepolia}', '{TestOrders.Usdc.ToLowerHex()}', '{Sum(LedgerKind.Settled)}', '{Sum(LedgerKind.Delivered)}', '{Sum(LedgerKind.Refunded)}', '{held}')"));
        connection.Execute(string.Create(CultureInfo.InvariantCulture,
            $"UPDATE ledger_head SET entries={entries.Count}, orders={tails.Count}, accumulator=x'{Convert.ToHexString(accumulator.ToArray())}'"));
    }

    private ulong Sum(LedgerKind kind) => entries.Where(entry => entry.Kind == kind).Aggregate(0UL, (sum, entry) => sum + Units(entry));

    private static ulong Units(LedgerEntry entry) => ulong.Parse(entry.Amount.ToString(), CultureInfo.InvariantCulture);
}
