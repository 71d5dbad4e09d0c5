namespace Betar.Node.Cli.Completion;

/// <summary>A word that a shell may offer.</summary>
/// <param name="Text">The word.</param>
/// <param name="Description">What it is for.</param>
/// <param name="TakesValue">An option whose value is the next word.</param>
internal sealed record CompletionWord(string Text, string Description, bool TakesValue);
