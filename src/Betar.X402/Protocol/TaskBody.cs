using System.Buffers;
using System.Text.Json;
using Betar.X402.Protocol.Json;

namespace Betar.X402.Protocol;

/// <summary>What is inside the body of a request: <c>{"input":"…","resource":"…"}</c>, and <c>"hire_depth"</c> where an agent hires.</summary>
public sealed record TaskBody(string Input, string Resource)
{
    /// <summary>More agents than any chain may have; whoever says more is taken to mean this.</summary>
    public const int MostDepth = 1_000;

    /// <summary>How many agents hired one another before, as the caller says; 0: a buyer's own task. The original knows no such thing.</summary>
    public int Depth { get; init; }

    public static Parsed<TaskBody> Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new WireReader(json);
            reader.Begin();
            string input = "", resource = "";
            long depth = 0;
            while (reader.NextMember())
            {
                if (reader.Is("input"u8)) input = reader.String(input);
                else if (reader.Is("resource"u8)) resource = reader.String(resource);
                else if (reader.Is("hire_depth"u8)) depth = reader.Integer(depth);
                else reader.Skip();
            }

            reader.End();
            return Parsed<TaskBody>.Ok(new TaskBody(input, resource) { Depth = (int)Math.Clamp(depth, 0, MostDepth) });
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
        if (Depth > 0)
            writer.Integer("hire_depth"u8, Depth);
        writer.EndObject();
        return buffer.WrittenSpan.ToArray();
    }
}
