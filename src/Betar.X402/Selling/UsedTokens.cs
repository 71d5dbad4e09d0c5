using System.Globalization;

namespace Betar.X402.Selling;

/// <summary>What a task took of models, as it stands in a header of its answer: "input=13; output=3; model=served".</summary>
public sealed record UsedTokens(long Input, long Output, string Model)
{
    public const string HeaderName = "Betar-Usage";

    /// <summary>Characters of a model's name that are kept: its endpoint may say anything.</summary>
    public const int LongestModel = 128;

    public string ToHeader() => string.Create(
        CultureInfo.InvariantCulture, $"input={Input}; output={Output}; model={Uri.EscapeDataString(Model.Length > LongestModel ? Model[..LongestModel] : Model)}");

    /// <summary>Null when it is none.</summary>
    public static UsedTokens? Parse(string? header)
    {
        if (header?.Split("; ") is not [var first, var second, var third] || !third.StartsWith("model=", StringComparison.Ordinal))
        {
            return null;
        }

        return Number(first, "input=") is { } input && Number(second, "output=") is { } output ? new UsedTokens(input, output, Uri.UnescapeDataString(third["model=".Length..])) : null;
    }

    private static long? Number(string text, string name) =>
        text.StartsWith(name, StringComparison.Ordinal) && long.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
