namespace Betar.Node.Cli;

/// <summary>Finds what somebody most likely meant to type.</summary>
internal static class Suggestions
{
    /// <summary>The nearest name within a third of the word's length (at least 2 edits), or null.</summary>
    public static string? Nearest(string word, IEnumerable<string> names)
    {
        string? best = null;
        var limit = Math.Max(2, word.Length / 3);
        foreach (var name in names)
        {
            var distance = name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && word.Length >= 2 ? 1 : Distance(word, name);
            if (distance > limit || distance >= name.Length)
                continue;
            best = name;
            limit = distance - 1;
        }

        return best;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours, without regard to case.</summary>
    internal static int Distance(string left, string right)
    {
        int[] before = [], previous = [.. Enumerable.Range(0, right.Length + 1)];
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            before = previous;
            previous = row;
        }

        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
