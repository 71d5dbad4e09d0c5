using System.Text;

namespace Betar.Agents.Limits;

/// <summary>Reads what a stranger's service sends, up to a limit.</summary>
internal static class BoundedReader
{
    private static readonly UTF8Encoding s_whole = new(false, throwOnInvalidBytes: true);

    /// <returns>The bytes, or null when there are more than the limit.</returns>
    public static async ValueTask<byte[]?> ReadAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (read.Length + count > limit)
                return null;
            read.Write(buffer, 0, count);
        }
        return read.ToArray();
    }

    /// <returns>The text, or null when the bytes are not UTF-8.</returns>
    public static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_whole.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
