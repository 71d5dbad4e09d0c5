using Betar.Node.Errors;

namespace Betar.Node.Configuration.Settings;

/// <summary>One thing that can be set: in config.yaml, by variables, by an option.</summary>
/// <param name="Name">In config.yaml, and wherever all settings are listed.</param>
/// <param name="Variables">The variables that set it, the strongest first.</param>
/// <param name="Option">The option of <c>betar up</c>; null: there is none.</param>
/// <param name="Default">What holds when nobody says anything, as it would be written; null: nothing.</param>
internal sealed record Setting(string Name, IReadOnlyList<string> Variables, string? Option, string? Default)
{
    /// <summary>Says what is wrong with a value; the first argument is where it stands.</summary>
    public Func<string, string, CliRefusal?> Check { get; init; } = (_, _) => null;

    /// <summary>Several values: a list in the file, commas between them in a variable.</summary>
    public bool IsList { get; init; }

    /// <summary>Never shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Not a setting of the file: a key, or where the file itself is.</summary>
    public bool InFile { get; init; } = true;

    /// <summary>What is to be known beside the value, such as that it does nothing here; empty: nothing.</summary>
    public string Note { get; init; } = "";
}
