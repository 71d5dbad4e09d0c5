namespace Betar.Storage.GrainState;

/// <param name="Version">0: there is no row.</param>
/// <param name="Data">Null: the state was cleared, or there is no row.</param>
internal readonly record struct GrainStateRow(long Version, byte[]? Data);
