namespace Betar.Storage.GrainState;

/// <param name="Written">False: the expected version is stale.</param>
/// <param name="Version">The version that is stored now; 0: there is no row.</param>
internal readonly record struct GrainStateWrite(bool Written, long Version);
