namespace Betar.Node.Cli;

/// <summary>An agent's answer for a person: its lines stay, and what could steer the terminal is made visible. <c>--json</c> has every character.</summary>
internal static class AnswerText
{
    public static string Of(string answer) =>
        string.Join('\n', answer.ReplaceLineEndings("\n").Split('\n').Select(line => string.Join('\t', line.Split('\t').Select(cell => VisibleText.Of(cell)))));
}
