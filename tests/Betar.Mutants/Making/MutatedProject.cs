namespace Betar.Mutants.Making;

internal sealed record MutatedProject(string Name, IReadOnlyList<MutatedFile> Files);
