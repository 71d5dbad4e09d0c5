namespace Betar.Mutants.Running;

/// <summary>What one test class did: its first red test, if any, and the places of the product that it reached.</summary>
internal sealed record ClassRun(string Name, int Milliseconds, string? Red, int[] Places);
