using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Selling;
using Betar.X402.Wire;

namespace Betar.Storage.WebSales;

/// <summary>
/// A web seller's book of sales in a <see cref="BetarDatabase"/>. What goes back of a sale stands with the debts; it is read together with them.
/// </summary>
public sealed class DurableWebSales(BetarDatabase database, TimeProvider time) : ISaleBook
{
    private const string Columns =
        "SELECT s.id, s.payment, s.scheme, s.sold, s.token, s.payer, s.payee, s.paid, s.settled, s.at, s.kept, s.input_tokens, s.output_tokens, s.model, o.state, o.settlement, o.paid_back "
        + "FROM web_sale s LEFT JOIN owed_work o ON o.payment = s.payment ";

    public async Task PaidAsync(PaidSale sale, CancellationToken cancellationToken) => await database.WriteAsync(new WebSalePut(database.Prepared, sale, time.GetUtcNow()));

    public async Task KeptAsync(PaymentKey key, AtomicAmount kept, UsedTokens? usage, CancellationToken cancellationToken) =>
        await database.WriteAsync(new WebSaleEnd(database.Prepared, key, kept, usage ?? new UsedTokens(0, 0, "")));

    /// <summary>A page of sales, newest first.</summary>
    public static async Task<IReadOnlyList<WebSale>> ReadAsync(BetarDatabase database, WebSaleQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000);
        return await database.ReadAsync(query, Read, cancellationToken);
    }

    /// <summary>All of them, newest first, page by page.</summary>
    public static async Task<IReadOnlyList<WebSale>> ReadAllAsync(BetarDatabase database, CancellationToken cancellationToken)
    {
        var all = new List<WebSale>();
        IReadOnlyList<WebSale> page;
        do
        {
            page = await ReadAsync(database, new WebSaleQuery { After = all.Count == 0 ? 0 : all[^1].Id, Limit = 1_000 }, cancellationToken);
            all.AddRange(page);
        }
        while (page.Count > 0);
        return all;
    }

    private static List<WebSale> Read(Reader reader, WebSaleQuery query)
    {
        var sales = new List<WebSale>();
        var row = query.Payment is { } payment
            ? reader.Prepare(Columns + "WHERE s.payment = ?1").Bind(1, payment.ToString())
            : reader.Prepare(Columns + "WHERE s.id < ?1 ORDER BY s.id DESC LIMIT ?2").Bind(1, query.After == 0 ? long.MaxValue : query.After).Bind(2, query.Limit);
        try
        {
            while (row.Step())
                sales.Add(Of(row) ?? throw new StorageException(StorageFailure.Corrupt, $"A sale in {reader.Connection.Path} cannot be read; restore the file from a backup."));
            return sales;
        }
        finally
        {
            row.Reset();
        }
    }

    private static WebSale? Of(SqliteStatement row)
    {
        if (!PaymentKey.TryParse(row.GetText(1), out var payment) || !Address.TryParse(row.GetText(4), out var token) || !Address.TryParse(row.GetText(5), out var payer)
            || !Address.TryParse(row.GetText(6), out var payee) || !AtomicAmount.TryParse(row.GetText(7), out var paid))
            return null;
        AtomicAmount? kept = null;
        if (!row.IsNull(10))
        {
            if (!AtomicAmount.TryParse(row.GetText(10), out var units))
                return null;
            kept = units;
        }

        var sale = new PaidSale(payment, row.GetText(2), row.GetText(3), new OwedMoney(token, payer, paid), payee, row.GetText(8));
        return new WebSale(
            row.GetInt64(0), sale, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9)), kept, new UsedTokens(row.GetInt64(11), row.GetInt64(12), row.GetText(13)),
            GoesBack(row), row.IsNull(16) ? "" : row.GetText(16));
    }

    /// <summary>Nothing while the work is under way, although it would be owed if it ended now.</summary>
    private static AtomicAmount GoesBack(SqliteStatement row)
    {
        if (row.IsNull(14) || row.GetInt64(14) == 0)
            return AtomicAmount.Zero;
        return WireCodec.ParseSettled(row.GetBlob(15)) is { IsOk: true } debt && OwedMoney.Read(debt.Value) is { } money ? money.Amount : AtomicAmount.Zero;
    }
}
