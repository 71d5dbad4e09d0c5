using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Betar.X402.Protocol.Json;

/// <summary>
/// Reads JSON as the original's decoder does: names match in any letter case, unknown members are skipped, null
/// leaves the default, a value of another type spoils the message.
/// </summary>
internal ref struct WireReader
{
    private const int MaxDepth = 32;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    private Utf8JsonReader _json;

    internal WireReader(ReadOnlySpan<byte> utf8)
    {
        // Skipped members would otherwise get away with anything.
        if (!Utf8.IsValid(utf8))
        {
            throw new MalformedMessageException("The message is not UTF-8.");
        }

        _json = new Utf8JsonReader(utf8, Options);
    }

    /// <summary>Enters the message's object; anything else is no message.</summary>
    internal void Begin()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            throw new MalformedMessageException("The message is not a JSON object.");
        }
    }

    /// <summary>Nothing but white space may follow; the reader itself throws on more.</summary>
    internal void End()
    {
        if (_json.Read())
        {
            throw new MalformedMessageException("Data follows the message.");
        }
    }

    /// <summary>Moves to the next member of the current object; false at its end.</summary>
    internal bool NextMember()
    {
        _json.Read();
        return _json.TokenType != JsonTokenType.EndObject;
    }

    internal readonly bool Is(ReadOnlySpan<byte> name)
    {
        if (!_json.ValueIsEscaped)
        {
            return Ascii.EqualsIgnoreCase(_json.ValueSpan, name);
        }

        Span<byte> unescaped = stackalloc byte[64];
        return _json.ValueSpan.Length <= unescaped.Length
            && Ascii.EqualsIgnoreCase(unescaped[.._json.CopyString(unescaped)], name);
    }

    /// <summary>Keys of a map, unlike names of members, match in their own letter case only.</summary>
    internal readonly bool IsExactly(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    internal void Skip() => _json.Skip();

    internal string String(string current)
    {
        _json.Read();
        return _json.TokenType switch
        {
            JsonTokenType.String => _json.GetString()!,
            JsonTokenType.Null => current,
            _ => throw new MalformedMessageException("A member that must be a string is not one."),
        };
    }

    internal long Integer(long current)
    {
        _json.Read();
        return _json.TokenType switch
        {
            JsonTokenType.Number when _json.TryGetInt64(out var value) => value,
            JsonTokenType.Null => current,
            _ => throw new MalformedMessageException("A member that must be an integer is not one."),
        };
    }

    internal bool Boolean(bool current)
    {
        _json.Read();
        return _json.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => current,
            _ => throw new MalformedMessageException("A member that must be true or false is not."),
        };
    }

    internal ReadOnlyMemory<byte> Base64(ReadOnlyMemory<byte> current)
    {
        _json.Read();
        return _json.TokenType switch
        {
            JsonTokenType.String when _json.TryGetBytesFromBase64(out var bytes) => bytes,
            JsonTokenType.Null => current,
            _ => throw new MalformedMessageException("A body is not standard padded base64."),
        };
    }

    /// <summary>Enters a nested object; false for null.</summary>
    internal bool BeginObject()
    {
        _json.Read();
        return _json.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            _ => throw new MalformedMessageException("A member that must be an object is not one."),
        };
    }
}
