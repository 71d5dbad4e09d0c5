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
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Flush();
    }

    public static void WriteLine(TextWriter output, JsonElement value) => WriteLine(output, value.WriteTo);
}
