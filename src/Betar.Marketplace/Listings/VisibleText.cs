using System.Globalization;
using System.Text;

namespace Betar.Marketplace.Listings;

/// <summary>
/// Text that a stranger wrote, for the places where it could do something: a terminal, a log line, a prompt. It is made visible and loses its
/// power; it never becomes a part of a command.
/// </summary>
public static class VisibleText
{
    /// <summary>More of it than this says nothing more.</summary>
    public const int MaxPromptLength = 2048;

    /// <summary>One line of a terminal or a log: line breaks, control and format characters (among them those that turn the direction round) are spelled out.</summary>
    public static string Of(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text : Escape(text, IsUnseen);

    /// <summary>The same, cut after so many characters.</summary>
    public static string Of(string text, int maxLength) => Of(Cut(text, maxLength));

    /// <summary>
    /// A JSON text of plain ASCII for a model's prompt. Nothing in it can end the quotation, open a fence or look like a model's own markers,
    /// since none of the characters that those need is left as it is.
    /// </summary>
    public static string ForPrompt(string text) =>
        $"\"{Escape(Cut(text, MaxPromptLength), rune => rune.Value is < ' ' or > '~' || "\"\\<>|`{}[]#*".Contains((char)rune.Value, StringComparison.Ordinal))}\"";

    private static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return text[..end] + "…";
    }

    private static string Escape(string text, Func<Rune, bool> hidden)
    {
        var escaped = new StringBuilder(text.Length);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var whole = Rune.DecodeFromUtf16(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (whole && !hidden(rune))
            {
                escaped.Append(rest[..length]);
            }
            else
            {
                foreach (var unit in rest[..length])
                    escaped.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
            }

            rest = rest[length..];
        }

        return escaped.ToString();
    }

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
