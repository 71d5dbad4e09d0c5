using System.Text.Json;
using System.Text.Unicode;
using Betar.X402.Protocol.Json;

namespace Betar.X402.Wire.Json;

/// <summary>
/// Members of a JSON object, in their own letter case. Unknown ones are ignored, null is absent, two of one name spoil the message: what
/// one reader sees is what every reader sees.
/// </summary>
internal readonly struct JsonMembers
{
    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private readonly JsonElement _object;

    internal JsonMembers(JsonElement value) =>
        _object = value.ValueKind == JsonValueKind.Object ? value : throw new MalformedMessageException("A member that must be an object is not one.");

    internal JsonElement Element => _object;

    /// <summary>The message's own object. Every text in it can be read afterwards, whoever asks.</summary>
    internal static JsonMembers Parse(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw new MalformedMessageException("The message is not UTF-8.");
        }

        using var document = JsonDocument.Parse(utf8.ToArray(), Options);
        CheckTexts(utf8);
        return new JsonMembers(document.RootElement.Clone());
    }

    internal JsonElement Value(string name) => Find(name) ?? throw Missing(name);

    internal string Text(string name) => OptionalText(name) ?? throw Missing(name);

    internal string? OptionalText(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new MalformedMessageException($"{name} is not a string.");

    /// <summary>For a member that other protocols use too: in a body for several kinds of buyers it may be anything.</summary>
    internal string? TextIfAny(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    internal long Integer(string name) => OptionalInteger(name) ?? throw Missing(name);

    internal long? OptionalInteger(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : throw new MalformedMessageException($"{name} is not an integer.");

    internal bool Flag(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        null => throw Missing(name),
        _ => throw new MalformedMessageException($"{name} is neither true nor false."),
    };

    internal JsonMembers Object(string name) => OptionalObject(name) is { } value ? new JsonMembers(value) : throw Missing(name);

    internal JsonElement? OptionalObject(string name) => Find(name) is not { } value ? null : new JsonMembers(value).Element;

    internal List<T> List<T>(string name, int max, Func<JsonElement, T> read)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > max)
        {
            throw new MalformedMessageException($"{name} is no array, or has more than {max} items.");
        }

        return [.. value.EnumerateArray().Select(read)];
    }

    internal List<string> Texts(string name, int max) => List(name, max, static item => item.ValueKind == JsonValueKind.String
        ? item.GetString()!
        : throw new MalformedMessageException("A list of texts holds something else."));

    private static MalformedMessageException Missing(string name) => new($"{name} is missing.");

    private JsonElement? Find(string name) =>
        _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    // Half of a surrogate pair is legal JSON that no text can hold: the framework reports it when the text is asked for, so ask now.
    private static void CheckTexts(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
    }
}
