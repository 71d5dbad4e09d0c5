using Betar.Storage.Agents;
using Betar.Storage.Channels;
using Betar.Storage.GrainState;
using Betar.Storage.Idempotency;
using Betar.Storage.Leases;
using Betar.Storage.Ledger;
using Betar.Storage.Orders;
using Betar.Storage.PaidRequests;
using Betar.Storage.Peers;
using Betar.Storage.Reminders;
using Betar.Storage.Sessions;
using Betar.Storage.Settlements;
using Betar.Storage.SignIns;
using Betar.Storage.Sqlite;
using Betar.Storage.WebSales;
using Betar.Storage.Workflows;

namespace Betar.Storage.Database;

/// <summary>What the file must look like, version by version.</summary>
internal static class Schema
{
    /// <summary>"BTAR": tells our file from another application's.</summary>
    public const int ApplicationId = 0x42544152;

    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        new(1, LedgerSchema.Version1 + GrainStateSchema.Version1 + ReminderSchema.Version1 + AgentSchema.Version1),
        new(2, PeerSchema.Version2),
        new(3, PeerSchema.Version3),
        new(4, SettlementSchema.Version4 + ChannelSchema.Version4 + PaidRequestSchema.Version4),
        new(5, PaidRequestSchema.Version5),
        new(6, ChannelSchema.Version6),
        new(7, BuyerChannelSchema.Version7 + SignInSchema.Version7),
        new(8, SessionSchema.Version8),
        new(9, LeaseSchema.Version9),
        new(10, IdempotencySchema.Version10),
        new(11, WorkflowSchema.Version11),
        new(12, LedgerSchema.Version12 + MarketOrderSchema.Version12),
        new(13, WebSaleSchema.Version13),
    ];

    /// <summary>The text of every table, index and trigger by name, as this program would make it.</summary>
    public static IReadOnlyDictionary<string, string> Expected(IReadOnlyList<Migration> migrations)
    {
        using var fresh = SqliteConnection.Open(":memory:", SqliteOpenMode.ReadWriteCreate, TimeSpan.Zero);
        foreach (var migration in migrations)
            fresh.Execute(migration.Sql);
        return Read(fresh);
    }

    public static IReadOnlyDictionary<string, string> Read(SqliteConnection connection)
    {
        var found = new Dictionary<string, string>();
        using var statement = connection.PrepareOnce("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'");
        while (statement.Step())
            found[statement.GetText(0)] = statement.GetText(1);
        return found;
    }
}
