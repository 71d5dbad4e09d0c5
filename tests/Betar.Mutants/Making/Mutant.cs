using Microsoft.CodeAnalysis;

namespace Betar.Mutants.Making;

/// <summary>One change of the product that a test should notice.</summary>
internal sealed record Mutant
{
    public required int Number { get; init; }

    /// <summary>Relative to the repository.</summary>
    public required string File { get; init; }

    public required int Line { get; init; }

    public required string Kind { get; init; }

    public required string Before { get; init; }

    public required string After { get; init; }

    /// <summary>The first mutant of the same place: who reaches that one reaches this one.</summary>
    public required int Place { get; init; }

    /// <summary>What must begin for the change to matter; null when that is all of the body.</summary>
    public SyntaxNode? Statement { get; init; }

    /// <summary>Runs once per process, so that it is not known which tests need it.</summary>
    public bool Once { get; init; }

    public required Edit Edit { get; init; }

    public override string ToString() => $"{File}:{Line} {Kind}: {Short(Before)} → {Short(After)}";

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "nothing" : line.Length <= 120 ? line : line[..119] + "…";
    }
}
