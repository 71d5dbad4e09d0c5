namespace Betar.Node.Importing.LevelDb;

/// <summary>How much of a foreign database is read.</summary>
internal sealed record LevelDbLimits
{
    /// <summary>Longest file in bytes; a longer one is left out. Default 64 MiB.</summary>
    public int MaxFileBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most keys. Default 100,000.</summary>
    public int MaxEntries { get; init; } = 100_000;

    /// <summary>Most bytes of keys and values together. Default 256 MiB.</summary>
    public long MaxBytes { get; init; } = 256L * 1024 * 1024;
}
