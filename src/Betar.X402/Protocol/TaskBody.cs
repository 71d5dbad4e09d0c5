using System.Buffers;
using System.Text.Json;
using Betar.X402.Protocol.Json;

namespace Betar.X402.Protocol;

/// <summary>What is inside the body of a request: <c>{"input":"…","resource":"…"}</c>.</summary>
public sealed record TaskBody(string Input, string Resource)
{
    public static Parsed<TaskBody> Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new WireReader(json);
            reader.Begin();
            string input = "", resource = "";
            while (reader.NextMember())
            {
                if (reader.Is("input"u8)) input = reader.String(input);
                else if (reader.Is("resource"u8)) resource = reader.String(resource);
                else reader.Skip();
            }

            reader.End();
            return Parsed<TaskBody>.Ok(new TaskBody(input, resource));
        }
        catch (Exception malformed) when (malformed is MalformedMessageException or JsonException or InvalidOperationException)
        {
            return Parsed<TaskBody>.Refused("The body is not an object with input and resource.");
        }
    }

    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        writer.BeginObject();
        writer.String("input"u8, Input);
        writer.String("resource"u8, Resource);
        writer.EndObject();
        return buffer.WrittenSpan.ToArray();
    }
}
