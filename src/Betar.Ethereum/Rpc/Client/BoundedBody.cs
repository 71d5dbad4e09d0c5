namespace Betar.Ethereum;

/// <summary>Reads an HTTP body, but never more than allowed.</summary>
internal static class BoundedBody
{
    const int FirstRead = 8 * 1024;

    /// <summary>Null when the body is longer than <paramref name="maxBytes"/>.</summary>
    internal static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        var declared = response.Content.Headers.ContentLength;
        if (declared > maxBytes)
            return null;

        // One byte more than expected, so that the end shows without another buffer.
        var buffer = new byte[(int)Math.Min((declared ?? FirstRead) + 1, maxBytes + 1L)];
        var length = 0;
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                length += read;
                if (length > maxBytes)
                    return null;
                if (read == 0)
                    return buffer.AsMemory(0, length);
                if (length == buffer.Length)
                    Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, maxBytes + 1L));
            }
        }
    }
}
