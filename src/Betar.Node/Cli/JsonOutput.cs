using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Betar.Node.Cli;

/// <summary>Prints one JSON value on one line.</summary>
public static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteLine(TextWriter output, Action<Utf8JsonWriter> write)
    {
        output.WriteLine(Encoding.UTF8.GetString(Bytes(write).Span));
        output.Flush();
    }

    /// <summary>The value as it would be printed, to be read here instead.</summary>
    public static JsonDocument Parse(Action<Utf8JsonWriter> write) => JsonDocument.Parse(Bytes(write));

    private static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        return buffer.WrittenMemory;
    }

    public static void WriteLine(TextWriter output, JsonElement value) => WriteLine(output, value.WriteTo);
}
