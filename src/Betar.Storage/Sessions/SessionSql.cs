namespace Betar.Storage.Sessions;

/// <summary>The log's statements.</summary>
internal static class SessionSql
{
    public const string Find = "SELECT id, exchanges FROM session WHERE agent=?1 AND caller=?2";
    public const string FindOnce = "SELECT 1 FROM session_exchange WHERE once=?1";
    public const string Open = "INSERT INTO session (agent, caller, name, created, updated, exchanges) VALUES (?1,?2,?3,?4,?4,0)";
    public const string Touch = "UPDATE session SET updated=max(updated,?2), exchanges=exchanges+1 WHERE id=?1";
    public const string Insert = "INSERT INTO session_exchange (session, at, paid, once, body) VALUES (?1,?2,?3,?4,?5)";

    public const string ReadTotal = "SELECT exchanges, bytes FROM session_total WHERE id=1";
    public const string PutTotal = "UPDATE session_total SET exchanges=?1, bytes=?2 WHERE id=1";

    private const string Victim = "SELECT seq, session, length(body), at FROM session_exchange ";
    public const string OldestOf = Victim + "WHERE session=?1 ORDER BY seq LIMIT 1";
    public const string Cheapest = Victim + "INDEXED BY session_exchange_by_worth ORDER BY paid, seq LIMIT 1";
    public const string Oldest = Victim + "ORDER BY seq LIMIT 1";
    public const string Delete = "DELETE FROM session_exchange WHERE seq=?1";
    public const string Shrink = "UPDATE session SET exchanges=exchanges-1 WHERE id=?1";
    public const string Close = "DELETE FROM session WHERE id=?1 AND exchanges=0";

    private const string Columns = "SELECT id, agent, caller, name, created, updated, exchanges FROM session ";
    public const string List = Columns + "WHERE agent=?1 AND caller>?2 ORDER BY caller LIMIT ?3";
    public const string Read = Columns + "WHERE agent=?1 AND caller=?2";
    public const string Exchanges = "SELECT seq, at, body FROM session_exchange WHERE session=?1 AND seq<?2 ORDER BY seq DESC LIMIT ?3";
}
