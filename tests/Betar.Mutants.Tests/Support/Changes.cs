using Betar.Mutants.Making;

namespace Betar.Mutants.Tests.Support;

/// <summary>The mutants of a few lines.</summary>
internal static class Changes
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Known = new() { ["Colour"] = ["Red", "Green", "Blue"] };

    public static IReadOnlyList<(Body Body, IReadOnlyList<Mutant> Mutants)> Bodies(string text, string file = "src/A.cs") =>
        new Maker(Known, new HashSet<string> { "LogIt", "nameof" }).Of(new Source(file, text));

    public static IReadOnlyList<Mutant> Of(string text) => [.. Bodies(text).SelectMany(entry => entry.Mutants)];

    /// <summary>What one method's text becomes, by kind.</summary>
    public static IEnumerable<string> OfMethod(string kind, string method) => Of($"class A {{ {method} }}").Where(mutant => mutant.Kind == kind).Select(mutant => mutant.After);
}
