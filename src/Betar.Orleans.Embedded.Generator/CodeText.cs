using System.Text;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>Indented lines of code.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public CodeText Line(string line)
    {
        if (line == "}")
            _depth--;
        _text.Append(' ', _depth * 4).Append(line).Append('\n');
        if (line == "{")
            _depth++;
        return this;
    }

    /// <summary>A head, and the lines that it governs, in braces.</summary>
    public CodeText Block(string head, Action body)
    {
        Line(head).Line("{");
        body();
        return Line("}");
    }

    public override string ToString() => _text.ToString();
}
