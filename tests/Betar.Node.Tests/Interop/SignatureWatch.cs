using System.Text;
using System.Text.RegularExpressions;

namespace Betar.Node.Tests.Interop;

/// <summary>Reads all that a node logs and keeps the lines that could hold a signature: as long a hexadecimal number as r and s together.</summary>
internal sealed partial class SignatureWatch : TextWriter
{
    private readonly List<string> _found = [];
    private long _lines;

    public override Encoding Encoding => Encoding.UTF8;

    public long Lines => Interlocked.Read(ref _lines);

    public IReadOnlyList<string> Found
    {
        get
        {
            lock (_found)
                return [.. _found];
        }
    }

    public override void WriteLine(string? value)
    {
        Interlocked.Increment(ref _lines);
        if (value is null || !LongNumber().IsMatch(value))
            return;
        lock (_found)
            _found.Add(value);
    }

    [GeneratedRegex("[0-9a-fA-F]{128}")]
    private static partial Regex LongNumber();
}
