using System.Text;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Ledger;

/// <summary>A query's text and its bindings. The texts are at most 2^9, so readers may keep them prepared.</summary>
internal static class LedgerQuerySql
{
    public static string Text(LedgerQuery query)
    {
        var sql = new StringBuilder("SELECT ").Append(query.WithoutBodies ? LedgerSql.ColumnsWithoutBody : LedgerSql.Columns).Append(" FROM ledger WHERE seq>?1 AND seq<?2");
        var parameter = 3;
        if (query.Payment is not null)
        {
            foreach (var column in (string[])["network", "asset", "payer", "nonce"])
                Add(column, "=");
        }

        if (query.AgentId is not null)
            Add("agent", "=");
        if (query.Payer is not null)
            Add("payer", "=");
        if (query.Nonce is not null)
            Add("nonce", "=");
        if (query.Kind is not null)
            Add("kind", "=");
        if (query.Since is not null)
            Add("at", ">=");
        if (query.Until is not null)
            Add("at", "<");
        return sql.Append(" ORDER BY seq ").Append(query.NewestFirst ? "DESC" : "ASC").Append(" LIMIT ?").Append(parameter).ToString();

        void Add(string column, string comparison) =>
            sql.Append(" AND ").Append(column).Append(comparison).Append('?').Append(parameter++);
    }

    /// <param name="statement">Of <see cref="Text"/>.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="above">Only higher sequences.</param>
    /// <param name="below">Only lower sequences.</param>
    /// <param name="limit">At most so many.</param>
    public static void Bind(SqliteStatement statement, LedgerQuery query, long above, long below, int limit)
    {
        statement.Bind(1, above).Bind(2, below);
        var parameter = 3;
        if (query.Payment is { } payment)
        {
            statement.Bind(parameter++, payment.Network.ToString()).Bind(parameter++, payment.Asset.ToLowerHex())
                .Bind(parameter++, payment.From.ToLowerHex()).Bind(parameter++, payment.Nonce.ToString());
        }

        if (query.AgentId is { } agent)
            statement.Bind(parameter++, agent);
        if (query.Payer is { } payer)
            statement.Bind(parameter++, payer.ToLowerHex());
        if (query.Nonce is { } nonce)
            statement.Bind(parameter++, nonce.ToString());
        if (query.Kind is { } kind)
            statement.Bind(parameter++, (long)kind);
        if (query.Since is { } since)
            statement.Bind(parameter++, Milliseconds(since));
        if (query.Until is { } until)
            statement.Bind(parameter++, Milliseconds(until));
        statement.Bind(parameter, limit);
    }

    /// <summary>Times are kept in whole milliseconds, rounded down; so is an entry of the millisecond asked for found.</summary>
    public static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
