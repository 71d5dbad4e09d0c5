using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Betar.X402.Protocol.Json;

namespace Betar.X402.Protocol;

/// <summary>What is inside the body of a response: <c>{"output":"…"}</c>, or what a peer put there instead.</summary>
public static class OutputBody
{
    public static byte[] Write(string output)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        writer.BeginObject();
        writer.String("output"u8, output);
        writer.EndObject();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The original's rule: an object whose values are all strings gives its <c>output</c>; else base64 gives what it
    /// encodes; else the bytes are the text.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return "";
        }

        return TryReadOutput(body) ?? TryReadBase64(body) ?? Encoding.UTF8.GetString(body);
    }

    private static string? TryReadOutput(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new WireReader(body);
            reader.Begin();
            string? output = null;
            while (reader.NextMember())
            {
                var isOutput = reader.IsExactly("output"u8);
                var value = reader.String("");
                output = isOutput ? value : output;
            }

            reader.End();
            return output;
        }
        catch (Exception malformed) when (malformed is MalformedMessageException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TryReadBase64(ReadOnlySpan<byte> body)
    {
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(body.Length)];
        return Base64.DecodeFromUtf8(body, decoded, out _, out var written) == OperationStatus.Done
            ? Encoding.UTF8.GetString(decoded.AsSpan(0, written))
            : null;
    }
}
