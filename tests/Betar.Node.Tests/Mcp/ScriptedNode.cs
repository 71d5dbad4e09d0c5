using System.Buffers;
using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Tests.Mcp;

/// <summary>A node that answers what the test says, and remembers what it was asked.</summary>
internal sealed class ScriptedNode
{
    private readonly Dictionary<string, Checked<JsonElement>> _answers = [];

    public List<(string Operation, JsonElement Arguments)> Asked { get; } = [];

    public ScriptedNode Answers(string operation, string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        _answers[operation] = document.RootElement.Clone();
        return this;
    }

    public ScriptedNode Refuses(string operation, CliRefusal refusal)
    {
        _answers[operation] = refusal;
        return this;
    }

    public Task<Checked<JsonElement>> CallAsync(string operation, Action<Utf8JsonWriter> arguments, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            arguments(writer);
            writer.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        Asked.Add((operation, document.RootElement.Clone()));
        return Task.FromResult(_answers[operation]);
    }
}
