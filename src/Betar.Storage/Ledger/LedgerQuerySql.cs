using System.Text;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Ledger;

/// <summary>A query's text and its bindings. The texts are at most 2^7, so readers may keep them prepared.</summary>
internal static class LedgerQuerySql
{
    public static string Text(LedgerQuery query)
    {
        var sql = new StringBuilder("SELECT ").Append(LedgerSql.Columns).Append(" FROM ledger WHERE seq").Append(query.NewestFirst ? '<' : '>').Append("?1");
        var parameter = 2;
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
        return sql.Append(" ORDER BY seq ").Append(query.NewestFirst ? "DESC" : "ASC").Append(" LIMIT ?").Append(parameter).ToString();

        void Add(string column, string comparison) =>
            sql.Append(" AND ").Append(column).Append(comparison).Append('?').Append(parameter++);
    }

    public static void Bind(SqliteStatement statement, LedgerQuery query, long after, int limit)
    {
        statement.Bind(1, query.NewestFirst && after == 0 ? long.MaxValue : after);
        var parameter = 2;
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
        statement.Bind(parameter, limit);
    }

    /// <summary>Times are kept in whole milliseconds, rounded down; so is an entry of the millisecond asked for found.</summary>
    public static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
