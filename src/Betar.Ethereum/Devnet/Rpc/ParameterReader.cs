using System.Text.Json;

namespace Betar.Ethereum.Devnet;

/// <summary>Reads the parameters of one request in their order. The JSON was seen to be whole before.</summary>
internal ref struct ParameterReader
{
    internal const int MaxTextLength = 256;

    Utf8JsonReader _reader;
    bool _ended;

    internal ParameterReader(ReadOnlyMemory<byte> parameters)
    {
        _reader = new Utf8JsonReader(parameters.Span);
        _ended = parameters.IsEmpty || !_reader.Read();
    }

    /// <summary>Moves to the next parameter; false when there is none, or a null.</summary>
    internal bool TryNext()
    {
        if (_ended)
            return false;
        _ended = !_reader.Read() || _reader.TokenType == JsonTokenType.EndArray;
        return !_ended && _reader.TokenType != JsonTokenType.Null;
    }

    internal bool TryAddress(out Address value)
    {
        value = default;
        return TryNext() && _reader.TryGetAddress(out value);
    }

    internal bool TryHash(out Hash32 value)
    {
        value = default;
        return TryNext() && _reader.TryGetHash32(out value);
    }

    internal bool TryData(int maxBytes, out byte[] value)
    {
        value = [];
        return TryNext() && _reader.TryGetData(maxBytes, out value);
    }

    /// <summary>A plain string of printable ASCII: amounts, names.</summary>
    internal bool TryText(out string value)
    {
        value = "";
        return TryNext() && TryGetText(ref _reader, out value);
    }

    /// <summary>True with the default when the parameter is absent; false when it is no block.</summary>
    internal bool TryOptionalBlock(out BlockTag block)
    {
        block = BlockTag.Latest;
        return !TryNext() || TryGetBlock(ref _reader, out block);
    }

    internal bool TryNextBlock(out BlockTag block)
    {
        block = BlockTag.Latest;
        return TryNext() && TryGetBlock(ref _reader, out block);
    }

    internal bool TryOptionalBool(out bool value)
    {
        value = false;
        if (!TryNext())
            return true;
        value = _reader.TokenType == JsonTokenType.True;
        return value || _reader.TokenType == JsonTokenType.False;
    }

    /// <summary>True with null when the parameter is absent; false when it is no whole number that fits.</summary>
    internal bool TryOptionalInt(out int? value)
    {
        value = null;
        if (!TryNext())
            return true;
        var fits = TryGetInt(ref _reader, out var number);
        value = fits ? number : null;
        return fits;
    }

    /// <summary>Positions on the members of an object, for a reader that knows them.</summary>
    internal bool TryObject(out Utf8JsonReader members)
    {
        members = default;
        if (!TryNext() || _reader.TokenType != JsonTokenType.StartObject)
            return false;
        members = _reader;
        _reader.Skip();
        return true;
    }

    /// <summary>A number, or hex text, as callers' libraries differ.</summary>
    internal static bool TryGetInt(ref Utf8JsonReader reader, out int value)
    {
        value = 0;
        if (reader.TokenType == JsonTokenType.Number)
            return reader.TryGetInt32(out value);
        if (!reader.TryGetQuantity(out var wide) || wide > int.MaxValue)
            return false;
        value = (int)wide;
        return true;
    }

    internal static bool TryGetText(ref Utf8JsonReader reader, out string value)
    {
        value = "";
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.ValueSpan.Length > MaxTextLength)
            return false;
        foreach (var b in reader.ValueSpan)
        {
            if (b is < 0x20 or > 0x7e)
                return false;
        }

        value = System.Text.Encoding.ASCII.GetString(reader.ValueSpan);
        return true;
    }

    internal static bool TryGetBlock(ref Utf8JsonReader reader, out BlockTag block)
    {
        block = BlockTag.Latest;
        if (reader.TokenType != JsonTokenType.String)
            return false;

        // What is durable here is final until somebody injects a reorganisation.
        if (reader.IsText("latest"u8) || reader.IsText("safe"u8) || reader.IsText("finalized"u8))
            return true;
        if (reader.IsText("pending"u8))
            block = BlockTag.Pending;
        else if (reader.IsText("earliest"u8))
            block = BlockTag.Number(0);
        else if (reader.TryGetQuantity(out var number))
            block = BlockTag.Number(number);
        else
            return false;
        return true;
    }
}
