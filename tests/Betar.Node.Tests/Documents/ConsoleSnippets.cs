using System.Text;
using System.Text.RegularExpressions;

namespace Betar.Node.Tests.Documents;

/// <summary>
/// The <c>```console</c> blocks of a page: lines after "$ " are run, what stands below them is what they print. "…" in a line stands for
/// anything, "…" alone for any lines. "$ cat > FILE &lt;&lt;EOF" writes a file, up to "EOF".
/// </summary>
internal static partial class ConsoleSnippets
{
    public static IReadOnlyList<(int Line, string Command, string Input, IReadOnlyList<string> Expected)> Read(string page)
    {
        var steps = new List<(int, string, string, IReadOnlyList<string>)>();
        string[] lines = page.Split('\n');
        for (int at = 0; at < lines.Length; at++)
        {
            if (lines[at] != "```console")
                continue;
            for (at++; at < lines.Length && lines[at] != "```";)
            {
                int line = at + 1;
                string command = lines[at].StartsWith("$ ", StringComparison.Ordinal) ? lines[at++][2..] : throw new InvalidDataException($"line {line}: a block begins with a command");
                var input = new StringBuilder();
                if (command.EndsWith("<<EOF", StringComparison.Ordinal))
                {
                    for (; lines[at] != "EOF"; at++)
                        input.Append(lines[at]).Append('\n');
                    at++;
                }

                var expected = new List<string>();
                for (; lines[at] != "```" && !lines[at].StartsWith("$ ", StringComparison.Ordinal); at++)
                    expected.Add(lines[at]);
                steps.Add((line, command, input.ToString(), expected));
            }
        }

        return steps;
    }

    /// <summary>Whether a command printed what the page says.</summary>
    public static bool Fits(IReadOnlyList<string> expected, string printed)
    {
        if (expected.Count == 0)
            return true;
        string pattern = string.Join("\n", expected.Select(line => line == "…" ? "(?:.*\n)*?.*" : string.Join(".*", line.Split('…').Select(Regex.Escape))));
        return Regex.IsMatch(printed.TrimEnd('\n'), "\\A" + pattern + "\\z");
    }

    /// <summary>Words as a shell would part them; quotes hold blanks together.</summary>
    public static string[] Words(string command) => [.. Word().Matches(command).Select(word => word.Value.Trim('"', '\''))];

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|[^ ]+")]
    private static partial Regex Word();
}
