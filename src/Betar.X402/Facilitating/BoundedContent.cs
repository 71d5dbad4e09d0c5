namespace Betar.X402.Facilitating;

/// <summary>Reads a stranger's body up to a limit, whatever length it announces.</summary>
public static class BoundedContent
{
    /// <summary>Null when there is more than the limit.</summary>
    public static async Task<byte[]?> ReadAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(limit + 1, 8192)];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length > limit)
                {
                    return null;
                }

                Array.Resize(ref buffer, Math.Min(limit + 1, buffer.Length * 2));
            }

            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return length > limit ? null : buffer[..length];
            }

            length += read;
        }
    }
}
