namespace Betar.Node.Cli;

/// <summary>Foreign text on one line of a terminal: line breaks and control characters are made visible.</summary>
internal static class VisibleText
{
    public static string Of(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))
        : text;
}
