namespace Betar.Storage.Database;

/// <summary>One step forward. Once released, its text never changes.</summary>
internal sealed record Migration(int Version, string Sql);
