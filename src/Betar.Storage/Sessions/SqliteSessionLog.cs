using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Betar.Storage.Sessions;

/// <summary>The log in a <see cref="BetarDatabase"/>.</summary>
internal sealed partial class SqliteSessionLog(BetarDatabase database, SessionWriter writer, SessionLogOptions options, ILogger logger) : ISessionLog
{
    private int _waiting;

    public void Record(SessionExchange exchange)
    {
        if (Interlocked.Increment(ref _waiting) > options.MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            SessionInstruments.OnLost();
            LogFull(logger, options.MaxWaiting);
            return;
        }

        var write = new SessionWrite(writer, new EncodedExchange(exchange, options), Ended);
        try
        {
            if (!database.TryWrite(write, out _))
                Ended(new StorageException(StorageFailure.Stopped, $"The database {database.Path} is closed."));
        }
        catch (StorageException refused)
        {
            // The task is done and answered: that its record finds no room or no disk is told and harms nobody.
            Ended(refused);
        }
    }

    public ValueTask<IReadOnlyList<Session>> ListAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        Check(query);
        return database.ReadAsync<SessionQuery, IReadOnlyList<Session>>(query, static (reader, asked) =>
            ReadSessions(reader, asked, reader.Prepare(SessionSql.List).Bind(1, asked.AgentId).Bind(2, asked.AfterCaller).Bind(3, asked.Sessions)), cancellationToken);
    }

    public ValueTask<Session?> FindAsync(SessionQuery query, string callerId, CancellationToken cancellationToken)
    {
        Check(query);
        return database.ReadAsync((query, callerId), static (reader, asked) =>
            ReadSessions(reader, asked.query, reader.Prepare(SessionSql.Read).Bind(1, asked.query.AgentId).Bind(2, asked.callerId)).SingleOrDefault(), cancellationToken);
    }

    private void Ended(Exception? failure)
    {
        Interlocked.Decrement(ref _waiting);
        if (failure is null)
            return;
        SessionInstruments.OnLost();
        LogLost(logger, failure);
    }

    private static void Check(SessionQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Sessions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Sessions, SessionQuery.MostSessions);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Exchanges);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Exchanges, SessionQuery.MostExchanges);
    }

    /// <summary>One snapshot for both tables: no session shows an exchange that its count does not know.</summary>
    private static List<Session> ReadSessions(Reader reader, SessionQuery query, SqliteStatement row)
    {
        reader.Connection.BeginSnapshot();
        try
        {
            var sessions = new List<Session>();
            while (row.Step())
            {
                string agent = row.GetText(1), caller = row.GetText(2);
                sessions.Add(new Session(
                    row.GetText(3), agent, caller, At(row.GetInt64(4)), At(row.GetInt64(5)), row.GetInt64(6),
                    ReadExchanges(reader, query, row.GetInt64(0), agent, caller)));
            }

            return sessions;
        }
        finally
        {
            row.Reset();
            reader.Connection.EndSnapshot();
        }
    }

    private static List<RecordedExchange> ReadExchanges(Reader reader, SessionQuery query, long session, string agent, string caller)
    {
        SqliteStatement row = reader.Prepare(SessionSql.Exchanges).Bind(1, session).Bind(2, query.Before).Bind(3, query.Exchanges);
        try
        {
            var exchanges = new List<RecordedExchange>();
            while (row.Step())
                exchanges.Add(EncodedExchange.Decode(agent, caller, row.GetInt64(0), At(row.GetInt64(1)), row.GetBlob(2)));
            exchanges.Reverse();
            return exchanges;
        }
        finally
        {
            row.Reset();
        }
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
