namespace Betar.Storage.Reminders;

internal static class ReminderSql
{
    private const string Columns = "grain, name, start_at, period, version";

    public const string ReadGrain = $"SELECT {Columns} FROM reminder WHERE grain=?1";
    public const string ReadOne = $"SELECT {Columns} FROM reminder WHERE grain=?1 AND name=?2";
    public const string ReadInside = $"SELECT {Columns} FROM reminder WHERE hash>?1 AND hash<=?2";
    public const string ReadThroughZero = $"SELECT {Columns} FROM reminder WHERE hash>?1 OR hash<=?2";
    public const string ReadHashes = "SELECT grain, name, hash FROM reminder";
    public const string PutHash = "UPDATE reminder SET hash=?3 WHERE grain=?1 AND name=?2";
    public const string Put =
        "INSERT INTO reminder (grain, name, hash, start_at, period, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        + " ON CONFLICT (grain, name) DO UPDATE SET hash=excluded.hash, start_at=excluded.start_at, period=excluded.period,"
        + " version=excluded.version";
    public const string Remove = "DELETE FROM reminder WHERE grain=?1 AND name=?2 AND version=?3";
    public const string RemoveAll = "DELETE FROM reminder";
    public const string NextVersion = "SELECT next FROM reminder_version WHERE id=1";
    public const string PutNextVersion = "UPDATE reminder_version SET next=?1 WHERE id=1";
}
