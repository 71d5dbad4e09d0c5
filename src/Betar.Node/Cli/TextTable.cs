namespace Betar.Node.Cli;

/// <summary>Columns of text, each as wide as its longest cell. Whatever a stranger wrote into a cell is made visible.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, string[] header, IEnumerable<string[]> rows)
    {
        List<string[]> all = [header, .. rows.Select(row => Array.ConvertAll(row, VisibleText.Of))];
        var widths = header.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
