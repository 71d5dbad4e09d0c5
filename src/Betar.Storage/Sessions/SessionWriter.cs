using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Sessions;

/// <summary>The log on the writer's thread: appends, and lets what is too much or too old go in the same transaction.</summary>
internal sealed class SessionWriter(SessionLogOptions options, PreparedStatements prepared, TimeProvider time)
{
    /// <summary>Exchanges that one append lets go for their age, so that no write takes long after a pause.</summary>
    private const int MostAged = 16;

    public void Append(SqliteConnection connection, EncodedExchange exchange)
    {
        if (exchange.Once.Length > 0 && Exists(prepared.Get(connection, SessionSql.FindOnce).Bind(1, exchange.Once)))
            return;
        long now = (exchange.At ?? time.GetUtcNow()).UtcTicks;
        (long session, long count) = Open(connection, exchange, now);
        SqliteStatement insert = prepared.Get(connection, SessionSql.Insert).Bind(1, session).Bind(2, now).Bind(3, exchange.IsPaid ? 1 : 0).Bind(5, exchange.Body);
        (exchange.Once.Length > 0 ? insert.Bind(4, exchange.Once) : insert.BindNull(4)).Run();
        prepared.Get(connection, SessionSql.Touch).Bind(1, session).Bind(2, now).Run();

        (long exchanges, long bytes) = ReadTotal(connection);
        (exchanges, bytes) = (exchanges + 1, bytes + exchange.Body.Length);
        if (count + 1 > options.MaxPerSession)
            LetGo(connection, Pick(prepared.Get(connection, SessionSql.OldestOf).Bind(1, session)), ref exchanges, ref bytes);
        while (exchanges > 1 && (exchanges > options.MaxExchanges || bytes > options.MaxBytes))
            LetGo(connection, Pick(prepared.Get(connection, SessionSql.Cheapest)), ref exchanges, ref bytes);
        long oldest = time.GetUtcNow().UtcTicks - options.Retention.Ticks;
        for (int aged = 0; aged < MostAged && Pick(prepared.Get(connection, SessionSql.Oldest)) is { } victim && victim.At < oldest; aged++)
            LetGo(connection, victim, ref exchanges, ref bytes);
        prepared.Get(connection, SessionSql.PutTotal).Bind(1, exchanges).Bind(2, bytes).Run();
    }

    private (long Session, long Count) Open(SqliteConnection connection, EncodedExchange exchange, long now)
    {
        if (Find(connection, exchange) is { } known)
            return known;
        prepared.Get(connection, SessionSql.Open).Bind(1, exchange.AgentId).Bind(2, exchange.CallerId).Bind(3, Guid.NewGuid().ToString()).Bind(4, now).Run();
        return Find(connection, exchange)!.Value;
    }

    private (long Session, long Count)? Find(SqliteConnection connection, EncodedExchange exchange)
    {
        SqliteStatement row = prepared.Get(connection, SessionSql.Find).Bind(1, exchange.AgentId).Bind(2, exchange.CallerId);
        try
        {
            return row.Step() ? (row.GetInt64(0), row.GetInt64(1)) : null;
        }
        finally
        {
            row.Reset();
        }
    }

    private (long Exchanges, long Bytes) ReadTotal(SqliteConnection connection)
    {
        SqliteStatement row = prepared.Get(connection, SessionSql.ReadTotal);
        try
        {
            return row.Step() ? (row.GetInt64(0), row.GetInt64(1)) : throw new InvalidDataException("The session log has no total.");
        }
        finally
        {
            row.Reset();
        }
    }

    private static Victim? Pick(SqliteStatement row)
    {
        try
        {
            return row.Step() ? new Victim(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)) : null;
        }
        finally
        {
            row.Reset();
        }
    }

    private void LetGo(SqliteConnection connection, Victim? victim, ref long exchanges, ref long bytes)
    {
        if (victim is not { } gone)
            return;
        prepared.Get(connection, SessionSql.Delete).Bind(1, gone.Sequence).Run();
        prepared.Get(connection, SessionSql.Shrink).Bind(1, gone.Session).Run();
        prepared.Get(connection, SessionSql.Close).Bind(1, gone.Session).Run();
        exchanges--;
        bytes -= gone.Bytes;
    }

    private static bool Exists(SqliteStatement row)
    {
        try
        {
            return row.Step();
        }
        finally
        {
            row.Reset();
        }
    }

    private readonly record struct Victim(long Sequence, long Session, long Bytes, long At);
}
