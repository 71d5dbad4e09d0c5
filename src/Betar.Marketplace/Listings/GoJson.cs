using System.Buffers;
using System.Text;

namespace Betar.Marketplace.Listings;

/// <summary>
/// Writes JSON to the byte as Go's <c>encoding/json</c> does: no white space, and in texts it escapes what could end a script or a line.
/// Values are compared as bytes in the network, so the spelling matters.
/// </summary>
internal sealed class GoJson
{
    private static readonly SearchValues<char> s_escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', '<', '>', '&', '\u2028', '\u2029']);

    private readonly StringBuilder _text = new("{");

    public GoJson Text(string name, string value)
    {
        Name(name);
        Quote(value);
        return this;
    }

    /// <summary>Left out when empty.</summary>
    public GoJson TextIfAny(string name, string value) => value.Length == 0 ? this : Text(name, value);

    /// <summary>A number as it is written.</summary>
    public GoJson Number(string name, string number)
    {
        Name(name);
        _text.Append(number);
        return this;
    }

    /// <summary>Left out when empty.</summary>
    public GoJson TextsIfAny(string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return this;
        Name(name);
        for (var i = 0; i < values.Count; i++)
        {
            _text.Append(i == 0 ? '[' : ',');
            Quote(values[i]);
        }

        _text.Append(']');
        return this;
    }

    /// <summary>Lone surrogates become U+FFFD, as Go does with bytes that are no text.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString() + '}');

    private void Name(string name)
    {
        if (_text.Length > 1)
            _text.Append(',');
        _text.Append('"').Append(name).Append("\":");
    }

    private void Quote(string value)
    {
        _text.Append('"');
        var rest = value.AsSpan();
        while (rest.IndexOfAny(s_escaped) is >= 0 and var at)
        {
            _text.Append(rest[..at]);
            _ = rest[at] switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                var other => _text.Append("\\u").Append(((int)other).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)),
            };
            rest = rest[(at + 1)..];
        }

        _text.Append(rest).Append('"');
    }
}
