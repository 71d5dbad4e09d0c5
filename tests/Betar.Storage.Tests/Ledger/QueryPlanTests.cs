using Betar.Storage.Ledger;
using Betar.Storage.Sqlite;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Ledger;

/// <summary>No query scans the ledger: SQLite itself says which index it takes.</summary>
public sealed class QueryPlanTests
{
    public static TheoryData<string, string> Plans() => new()
    {
        { Text(new LedgerQuery { Payment = TestOrders.Payment(1) }), "ledger_by_nonce" },
        { Text(new LedgerQuery { AgentId = "a", Kind = LedgerKind.Refunded, NewestFirst = true, WithoutBodies = true }), "ledger_by_agent_kind" },
        { Text(new LedgerQuery { Payer = TestOrders.Payer(1), Kind = LedgerKind.Refunded, NewestFirst = true }), "ledger_by_payer_kind" },
        { Text(new LedgerQuery { Kind = LedgerKind.Reserved, NewestFirst = true, WithoutBodies = true }), "ledger_by_kind" },
        { LedgerSql.LastUntil, "COVERING INDEX ledger_by_time" },
        { LedgerSql.FirstSince, "COVERING INDEX ledger_by_time" },
        { LedgerSql.ReadOpen, "SEARCH l USING INTEGER PRIMARY KEY" },
        { Text(new LedgerQuery { AgentId = "a" }), "ledger_by_agent" },
        { Text(new LedgerQuery { Payer = TestOrders.Payer(1) }), "ledger_by_payer" },
        { Text(new LedgerQuery { Nonce = TestOrders.NonceOf(1) }), "ledger_by_nonce" },
        { Text(new LedgerQuery { Kind = LedgerKind.Settled }), "ledger_by_kind" },
        { Text(new LedgerQuery { AgentId = "a", NewestFirst = true }), "ledger_by_agent" },
        { Text(LedgerQuery.All), "INTEGER PRIMARY KEY" },
        { LedgerSql.ReadOrder, "sqlite_autoindex_ledger_1" },
        { LedgerSql.ReadIndex, "sqlite_autoindex_ledger_1" },
        { LedgerSql.Tail, "sqlite_autoindex_ledger_1" },
        { LedgerSql.Exists, "sqlite_autoindex_ledger_1" },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Each_takes_its_index(string sql, string index)
    {
        using var folder = new TempFolder();
        await using var database = BetarDatabase.Open(folder.Database);
        using var connection = SqliteConnection.Open(folder.Database, SqliteOpenMode.ReadOnly, TimeSpan.Zero);
        using var plan = connection.PrepareOnce("EXPLAIN QUERY PLAN " + sql);
        var steps = new List<string>();
        while (plan.Step())
            steps.Add(plan.GetText(3));
        Assert.Contains(steps, step => step.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step is "SCAN ledger" or "SCAN l");
        Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    private static string Text(LedgerQuery query) => LedgerQuerySql.Text(query);
}
