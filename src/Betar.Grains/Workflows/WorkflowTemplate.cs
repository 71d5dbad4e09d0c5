using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Betar.Grains.Workflows;

/// <summary>
/// Text with places: <c>{{input}}</c>, <c>{{previous}}</c>, <c>{{item}}</c>, <c>{{index}}</c>, <c>{{steps.NAME}}</c>, and fields of what is JSON,
/// as in <c>{{previous.city.0}}</c>. What is inserted is data: braces in it mean nothing. <c>{{{{</c> stands for two braces.
/// </summary>
internal static class WorkflowTemplate
{
    private const string Open = "{{";
    private const string Close = "}}";

    /// <summary>Why it cannot be rendered where it stands; null when it can.</summary>
    /// <param name="template">The text.</param>
    /// <param name="names">The steps that have ended by then.</param>
    /// <param name="inMap">There is an item.</param>
    public static string? FindFault(string template, IReadOnlySet<string> names, bool inMap)
    {
        foreach ((string text, bool isPlace) in Parts(template))
        {
            if (!isPlace)
                continue;
            string[] words = text.Split('.');
            string? fault = words[0] switch
            {
                "" => "a place {{…}} that is not closed, or is empty",
                "input" or "previous" => null,
                "item" or "index" => inMap ? null : $"{{{{{words[0]}}}}} outside of a map",
                "steps" when words.Length < 2 => "{{steps}} without the name of a step",
                "steps" => names.Contains(words[1]) ? null : $"a step \"{words[1]}\" that has not ended by then",
                _ => $"{{{{{text}}}}}, which is none of input, previous, item, index and steps.NAME",
            };
            if (fault is not null)
                return fault;
        }

        return null;
    }

    /// <returns>Null when the text would be longer than it may be.</returns>
    public static string? Render(string template, WorkflowScope scope, int most)
    {
        var text = new StringBuilder();
        foreach ((string part, bool isPlace) in Parts(template))
        {
            string piece = isPlace ? Value(part.Split('.'), scope) : part;
            if (text.Length + piece.Length > most)
                return null;
            text.Append(piece);
        }

        return text.ToString();
    }

    /// <summary>A JSON list's elements, or the lines that are not empty.</summary>
    public static List<string> Items(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Array)
                return [.. document.RootElement.EnumerateArray().Select(TextOf)];
        }
        catch (JsonException)
        {
            // No JSON: lines then.
        }

        return [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string Value(string[] words, WorkflowScope scope) => words[0] switch
    {
        "input" => Field(scope.Input, words.AsSpan(1)),
        "previous" => Field(scope.Previous, words.AsSpan(1)),
        "item" => Field(scope.Item ?? "", words.AsSpan(1)),
        "index" => scope.Index.ToString(CultureInfo.InvariantCulture),
        _ => Field(scope.Named.GetValueOrDefault(words[1], ""), words.AsSpan(2)),
    };

    /// <summary>What is not there is empty.</summary>
    private static string Field(string text, ReadOnlySpan<string> fields)
    {
        if (fields.IsEmpty)
            return text;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement at = document.RootElement;
            foreach (string field in fields)
            {
                if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(field, out JsonElement property))
                    at = property;
                else if (at.ValueKind == JsonValueKind.Array && int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < at.GetArrayLength())
                    at = at[index];
                else
                    return "";
            }

            return TextOf(at);
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string TextOf(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    /// <summary>A place that is not closed is an empty one.</summary>
    private static IEnumerable<(string Text, bool IsPlace)> Parts(string template)
    {
        int at = 0;
        while (at < template.Length)
        {
            int open = template.IndexOf(Open, at, StringComparison.Ordinal);
            if (open < 0)
            {
                yield return (template[at..], false);
                yield break;
            }

            if (open > at)
                yield return (template[at..open], false);
            if (template.AsSpan(open).StartsWith(Open + Open, StringComparison.Ordinal))
            {
                yield return (Open, false);
                at = open + 2 * Open.Length;
                continue;
            }

            int close = template.IndexOf(Close, open, StringComparison.Ordinal);
            yield return (close < 0 ? "" : template[(open + Open.Length)..close].Trim(), true);
            at = close < 0 ? template.Length : close + Close.Length;
        }
    }
}
