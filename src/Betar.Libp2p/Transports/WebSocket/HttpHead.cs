using System.Text;

namespace Betar.Libp2p.Transports.WebSocket;

/// <summary>The first line and the headers of a request or an answer.</summary>
internal sealed class HttpHead
{
    public const string LengthLimit = "connection.http_head_bytes";

    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    private HttpHead(string firstLine) => FirstLine = firstLine;

    public string FirstLine { get; }

    public string? this[string name] => _headers.GetValueOrDefault(name);

    /// <summary>Whether a header that is a list of words names this one.</summary>
    public bool Lists(string name, string word) =>
        this[name]?.Split(',', StringSplitOptions.TrimEntries).Contains(word, StringComparer.OrdinalIgnoreCase) == true;

    /// <summary>Reads up to the empty line and not a byte more.</summary>
    public static async ValueTask<HttpHead> ReadAsync(ILink link, int most, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>(512);
        while (true)
        {
            var received = await link.ReceiveAsync(cancellationToken);
            if (received.IsEmpty)
                throw new Libp2pException(Libp2pError.ConnectionClosed, "The other side ended in the middle of its HTTP head.");
            var taken = TakeUpToEnd(received.Span, bytes, most, out var ended);
            link.Consume(taken);
            if (ended)
                return Parse(Encoding.Latin1.GetString([.. bytes]));
            if (bytes.Count >= most)
                throw Libp2pException.Exceeded(LengthLimit, "An HTTP head is too long.");
        }
    }

    private static int TakeUpToEnd(ReadOnlySpan<byte> received, List<byte> bytes, int most, out bool ended)
    {
        for (var i = 0; i < received.Length && bytes.Count < most; i++)
        {
            bytes.Add(received[i]);
            if (bytes is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'])
            {
                ended = true;
                return i + 1;
            }
        }

        ended = false;
        return received.Length;
    }

    private static HttpHead Parse(string text)
    {
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var head = new HttpHead(lines.Length > 0 ? lines[0] : string.Empty);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !head._headers.TryAdd(line[..colon], line[(colon + 1)..].Trim()))
                throw new Libp2pException(Libp2pError.Malformed, "An HTTP head cannot be read.");
        }

        return head;
    }
}
