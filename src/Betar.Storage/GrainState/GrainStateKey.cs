namespace Betar.Storage.GrainState;

internal readonly record struct GrainStateKey(string Provider, string Grain, string Name);
