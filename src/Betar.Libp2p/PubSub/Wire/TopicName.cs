using System.Text;
using System.Text.Unicode;

namespace Betar.Libp2p.PubSub.Wire;

/// <summary>Names of topics as peers write them.</summary>
internal static class TopicName
{
    /// <summary>Empty when it is no text, or too long.</summary>
    public static string Read(ReadOnlySpan<byte> bytes, int maxBytes) =>
        bytes.Length <= maxBytes && Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : string.Empty;
}
