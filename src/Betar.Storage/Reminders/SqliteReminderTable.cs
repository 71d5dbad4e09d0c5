using System.Globalization;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Orleans;
using Orleans.Runtime;

namespace Betar.Storage.Reminders;

/// <summary>Reminders in a <see cref="BetarDatabase"/>.</summary>
internal sealed class SqliteReminderTable : IReminderTable
{
    private readonly BetarDatabase database;

    public SqliteReminderTable(BetarDatabase database) => this.database = database;

    /// <summary>Hashes are the engine's: rows that another engine wrote are put where this one looks for them.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) => WriteAsync(Rehash);

    public async Task<ReminderTableData> ReadRows(GrainId grainId) => new(await ReadAsync(ReminderSql.ReadGrain,
        statement => statement.Bind(1, grainId.ToString())));

    public async Task<ReminderTableData> ReadRows(uint begin, uint end) => new(await ReadAsync(
        begin < end ? ReminderSql.ReadInside : ReminderSql.ReadThroughZero, statement => statement.Bind(1, begin).Bind(2, end)));

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => (await ReadAsync(ReminderSql.ReadOne,
        statement => statement.Bind(1, grainId.ToString()).Bind(2, reminderName))).SingleOrDefault();

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var etag = await WriteAsync(connection => Put(connection, entry));
        entry.ETag = etag;
        return etag;
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        if (!long.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return Task.FromResult(false);
        return WriteAsync(connection =>
        {
            using var statement = connection.PrepareOnce(ReminderSql.Remove);
            return statement.Bind(1, grainId.ToString()).Bind(2, reminderName).Bind(3, version).Run() == 1;
        });
    }

    public Task TestOnlyClearTable() => WriteAsync(static connection =>
    {
        connection.Execute(ReminderSql.RemoveAll);
        return true;
    });

    private Task<TResult> WriteAsync<TResult>(Func<SqliteConnection, TResult> write) =>
        database.WriteAsync(new ReminderOperation<TResult>(write)).AsTask();

    private ValueTask<List<ReminderEntry>> ReadAsync(string sql, Action<SqliteStatement> bind) =>
        database.ReadAsync((Sql: sql, Bind: bind), static (reader, query) => Read(reader, query.Sql, query.Bind), CancellationToken.None);

    private static List<ReminderEntry> Read(Reader reader, string sql, Action<SqliteStatement> bind)
    {
        var row = reader.Prepare(sql);
        bind(row);
        var entries = new List<ReminderEntry>();
        try
        {
            while (row.Step())
            {
                entries.Add(new ReminderEntry
                {
                    GrainId = GrainId.Parse(row.GetText(0)),
                    ReminderName = row.GetText(1),
                    StartAt = new DateTime(row.GetInt64(2), DateTimeKind.Utc),
                    Period = TimeSpan.FromTicks(row.GetInt64(3)),
                    ETag = Tag(row.GetInt64(4)),
                });
            }

            return entries;
        }
        finally
        {
            row.Reset();
        }
    }

    private static string Put(SqliteConnection connection, ReminderEntry entry)
    {
        // Versions come from one counter: a reminder that was removed and made again never has an old ETag.
        var version = connection.ScalarInt64(ReminderSql.NextVersion);
        using var next = connection.PrepareOnce(ReminderSql.PutNextVersion);
        next.Bind(1, version + 1).Run();
        using var put = connection.PrepareOnce(ReminderSql.Put);
        put.Bind(1, entry.GrainId.ToString()).Bind(2, entry.ReminderName).Bind(3, entry.GrainId.GetUniformHashCode())
            .Bind(4, entry.StartAt.Ticks).Bind(5, entry.Period.Ticks).Bind(6, version).Run();
        return Tag(version);
    }

    private static bool Rehash(SqliteConnection connection)
    {
        var wrong = new List<(string Grain, string Name, uint Hash)>();
        using (var row = connection.PrepareOnce(ReminderSql.ReadHashes))
        {
            while (row.Step())
            {
                var hash = GrainId.Parse(row.GetText(0)).GetUniformHashCode();
                if (hash != row.GetInt64(2))
                    wrong.Add((row.GetText(0), row.GetText(1), hash));
            }
        }

        using var put = connection.PrepareOnce(ReminderSql.PutHash);
        foreach (var (grain, name, hash) in wrong)
            put.Bind(1, grain).Bind(2, name).Bind(3, hash).Run();
        return wrong.Count > 0;
    }

    private static string Tag(long version) => version.ToString(CultureInfo.InvariantCulture);
}
