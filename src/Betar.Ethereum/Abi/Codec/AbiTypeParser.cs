using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Betar.Ethereum;

/// <summary>Reads the names of types, such as <c>(address,uint256[2])[]</c>. Total.</summary>
internal ref struct AbiTypeParser
{
    const int MaxLength = 4096;
    const int MaxFixedLength = 4096;

    readonly ReadOnlySpan<char> _text;
    int _at;

    AbiTypeParser(ReadOnlySpan<char> text) => _text = text;

    internal static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out AbiType? type)
    {
        type = null;
        if (text.Length > MaxLength)
            return false;
        var parser = new AbiTypeParser(text);
        type = parser.Read(0);
        if (parser._at != text.Length)
            type = null;
        return type is not null;
    }

    AbiType? Read(int depth)
    {
        if (depth > AbiType.MaxDepth)
            return null;
        var type = Peek() == '(' ? ReadTuple(depth) : ReadElementary();
        while (type is not null && Peek() == '[')
            type = ReadList(type);
        return type;
    }

    AbiType? ReadTuple(int depth)
    {
        var components = new List<AbiType>();
        _at++;
        if (Peek() == ')')
        {
            _at++;
            return AbiType.Tuple(components);
        }

        while (Read(depth + 1) is { } component)
        {
            components.Add(component);
            var next = Peek();
            _at++;
            if (next == ')')
                return AbiType.Tuple(components);
            if (next != ',')
                return null;
        }

        return null;
    }

    AbiType? ReadList(AbiType element)
    {
        _at++;
        if (element.Depth >= AbiType.MaxDepth)
            return null;
        var end = _text[_at..].IndexOf(']');
        if (end < 0)
            return null;
        var digits = _text.Slice(_at, end);
        _at += end + 1;
        if (digits.IsEmpty)
            return AbiType.List(element);
        return TryReadNumber(digits, MaxFixedLength, out var length) ? AbiType.FixedList(element, length) : null;
    }

    AbiType? ReadElementary()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at]))
            _at++;
        var name = _text[start.._at];
        return name switch
        {
            "address" => AbiType.Word(AbiKind.Address, 0, "address"),
            "bool" => AbiType.Word(AbiKind.Bool, 0, "bool"),
            "bytes" => AbiType.Dynamic(AbiKind.Bytes, "bytes"),
            "string" => AbiType.Dynamic(AbiKind.Text, "string"),
            _ when name.StartsWith("uint") => Integer(AbiKind.UnsignedInteger, name, name[4..]),
            _ when name.StartsWith("int") => Integer(AbiKind.SignedInteger, name, name[3..]),
            _ when name.StartsWith("bytes") && TryReadNumber(name[5..], 32, out var size) => AbiType.Word(AbiKind.FixedBytes, size, new string(name)),
            _ => null,
        };
    }

    static AbiType? Integer(AbiKind kind, ReadOnlySpan<char> name, ReadOnlySpan<char> digits)
    {
        // The short names stand for 256 bits; signatures always carry the long ones.
        if (digits.IsEmpty)
            return AbiType.Word(kind, 256, $"{name}256");
        return TryReadNumber(digits, 256, out var bits) && bits % 8 == 0 ? AbiType.Word(kind, bits, new string(name)) : null;
    }

    static bool TryReadNumber(ReadOnlySpan<char> digits, int max, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= max && digits[0] != '0';

    readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';
}
