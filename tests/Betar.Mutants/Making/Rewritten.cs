namespace Betar.Mutants.Making;

/// <summary>A source with its mutants, and which lines of it belong to which: those of one mutant before those of a whole body.</summary>
internal sealed record Rewritten(string Text, IReadOnlyList<(int From, int To, IReadOnlyList<int> Mutants)> Lines)
{
    /// <summary>The mutant that a line is of; where it is of a body's own text, all mutants of that body.</summary>
    public IReadOnlyList<int> MutantsAt(int line)
    {
        foreach (var (from, to, mutants) in Lines)
        {
            if (line >= from && line <= to)
                return mutants;
        }

        return [];
    }
}
