namespace Betar.Mutants.Making;

/// <summary>A source with its mutants, and which lines of it belong to which.</summary>
internal sealed record Rewritten(string Text, IReadOnlyList<(int From, int To, int Mutant)> Lines)
{
    public int? MutantAt(int line)
    {
        foreach (var (from, to, mutant) in Lines)
        {
            if (line >= from && line <= to)
                return mutant;
        }

        return null;
    }
}
