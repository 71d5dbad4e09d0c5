using System.Text;

namespace Betar.Fuzz.Support;

/// <summary>The head of an HTTP message, split where its lines end.</summary>
internal sealed record SlowHttpHead(string FirstLine, Dictionary<string, string> Headers)
{
    private const int Longest = 8 * 1024;

    /// <summary>Null: no head, or none that may be taken.</summary>
    public static SlowHttpHead? Read(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0 || end + 4 > Longest)
            return null;
        var lines = text[..end].Split("\r\n").Where(line => line.Length > 0).ToList();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var parts = line.Split(':', 2);
            if (parts.Length < 2 || parts[0].Length == 0 || !headers.TryAdd(parts[0], parts[1].Trim()))
                return null;
        }

        return new SlowHttpHead(lines.Count > 0 ? lines[0] : "", headers);
    }

    public bool IsUpgrade => Has("upgrade", "websocket") && Has("connection", "upgrade");

    private bool Has(string name, string word) => Headers.TryGetValue(name, out var value)
        && value.Split(',').Any(part => part.Trim().Equals(word, StringComparison.OrdinalIgnoreCase));
}
