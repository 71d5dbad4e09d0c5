namespace Betar.Storage.GrainState;

internal static class GrainStateSql
{
    private const string Key = "provider=?1 AND grain=?2 AND name=?3";

    public const string Read = $"SELECT version, data FROM grain_state WHERE {Key}";
    public const string Version = $"SELECT version FROM grain_state WHERE {Key}";

    /// <summary>Writes nothing when the row exists: then the caller's "there is none" is stale.</summary>
    public const string Insert = "INSERT OR IGNORE INTO grain_state (provider, grain, name, version, data) VALUES (?1, ?2, ?3, 1, ?4)";

    /// <summary>Writes nothing when the version is another. NULL data clears.</summary>
    public const string Update = $"UPDATE grain_state SET data=?4, version=version+1 WHERE {Key} AND version=?5";
}
