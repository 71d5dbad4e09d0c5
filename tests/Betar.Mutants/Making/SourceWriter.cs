using System.Text;

namespace Betar.Mutants.Making;

/// <summary>Text that knows the number of the line that is being written.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();

    public int Line { get; private set; } = 1;

    public SourceWriter Append(string text)
    {
        Line += text.Count(letter => letter == '\n');
        _text.Append(text);
        return this;
    }

    public override string ToString() => _text.ToString();
}
