namespace Betar.X402.Extensions.SignInWithX;

/// <summary>The lines of a message, taken one after the other; what does not fit stays where it is.</summary>
internal sealed class SignInLines(string text)
{
    private const int MaxLines = 64;
    private readonly string[] _lines = text.Split('\n', MaxLines);
    private int _next;

    internal bool AtEnd => _next == _lines.Length;

    internal bool TryTake(string start, out string rest)
    {
        var fits = !AtEnd && _lines[_next].Length > start.Length && _lines[_next].StartsWith(start, StringComparison.Ordinal);
        rest = fits ? _lines[_next++][start.Length..] : "";
        return fits;
    }

    internal bool TryTakeEnding(string end, out string rest)
    {
        var fits = !AtEnd && _lines[_next].EndsWith(end, StringComparison.Ordinal);
        rest = fits ? _lines[_next++][..^end.Length] : "";
        return fits;
    }

    internal bool TryTakeEmpty()
    {
        var fits = !AtEnd && _lines[_next].Length == 0;
        _next += fits ? 1 : 0;
        return fits;
    }

    internal IReadOnlyList<string> TakeList(string title, string bullet, int most)
    {
        var items = new List<string>();
        if (!AtEnd && _lines[_next] == title)
        {
            _next++;
            while (items.Count < most && TryTake(bullet, out var item))
            {
                items.Add(item);
            }
        }

        return items;
    }
}
