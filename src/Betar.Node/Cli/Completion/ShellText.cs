namespace Betar.Node.Cli.Completion;

/// <summary>Text inside single quotes, and the patterns that all shells' <c>case</c> is made of.</summary>
internal static class ShellText
{
    /// <summary>As bash and zsh read it.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Every place but the first: what the commands before it grow into.</summary>
    public static IEnumerable<string> Paths(IReadOnlyList<CompletionPlace> places) => places.Skip(1).Select(place => place.Path);

    /// <summary>A place and an option that takes the word after it.</summary>
    public static IEnumerable<string> Values(IReadOnlyList<CompletionPlace> places) =>
        places.SelectMany(place => place.Options.Where(option => option.TakesValue).Select(option => $"{place.Path} {option.Text}"));
}
