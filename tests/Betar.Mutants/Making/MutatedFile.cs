namespace Betar.Mutants.Making;

/// <summary>A source and all that can be changed in it.</summary>
internal sealed record MutatedFile(Source Source, IReadOnlyList<(Body Body, IReadOnlyList<Mutant> Mutants)> Bodies)
{
    public Rewritten With(IReadOnlySet<int> leftOut) =>
        Rewriter.Of(Source, Bodies.Select(entry => (entry.Body, (IReadOnlyList<Mutant>)[.. entry.Mutants.Where(mutant => !leftOut.Contains(mutant.Number))])));
}
