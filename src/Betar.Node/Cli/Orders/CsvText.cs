namespace Betar.Node.Cli.Orders;

/// <summary>Cells for spreadsheets, after RFC 4180.</summary>
internal static class CsvText
{
    /// <summary>
    /// A text that a spreadsheet would take for a formula is quoted and begins with an apostrophe, which makes it a text again: what a stranger
    /// wrote must not run where somebody looks at it.
    /// </summary>
    public static string Cell(string text)
    {
        if (text.Length > 0 && "=+-@\t\r\n".Contains(text[0], StringComparison.Ordinal))
            text = "'" + text;
        else if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
            return text;
        return $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";
}
