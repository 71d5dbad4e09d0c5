using System.Text.Json;
using Betar.Agents.Schemas;

namespace Betar.Agents.Mcp;

/// <summary>Sells one tool of an MCP server.</summary>
internal sealed class McpExecutor(McpSettings settings, ToolServer server) : IExecutor, IAsyncDisposable
{
    public bool IsIdempotent => settings.Idempotent;

    public async ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken) =>
        Arguments(request.Input) is { } arguments
            ? await server.CallAsync(settings.Tool, arguments, cancellationToken)
            : ExecutionOutcome.Failed(ExecutionCodes.TaskRefused, "The task is a JSON object with the arguments of the tool.");

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private JsonElement? Arguments(string input)
    {
        using JsonDocument? given = settings.TextArgument.Length > 0 ? JsonTexts.Parse("{}") : JsonTexts.Parse(input);
        if (given?.RootElement.ValueKind != JsonValueKind.Object)
            return null;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (JsonProperty argument in given.RootElement.EnumerateObject())
                if (!IsFixed(argument.Name))
                    argument.WriteTo(writer);
            if (settings.Arguments is { } set)
                foreach (JsonProperty argument in set.EnumerateObject())
                    argument.WriteTo(writer);
            if (settings.TextArgument.Length > 0 && !IsFixed(settings.TextArgument))
                writer.WriteString(settings.TextArgument, input);
            writer.WriteEndObject();
        }
        using JsonDocument merged = JsonDocument.Parse(stream.ToArray());
        return merged.RootElement.Clone();
    }

    private bool IsFixed(string name) => settings.Arguments is { } set && set.TryGetProperty(name, out _);
}
