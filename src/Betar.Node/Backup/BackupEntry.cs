namespace Betar.Node.Backup;

/// <summary>One file of a backup.</summary>
/// <param name="Name">Relative to the data folder, with slashes.</param>
/// <param name="Sha256">In lower-case hex.</param>
internal sealed record BackupEntry(string Name, long Size, string Sha256);
