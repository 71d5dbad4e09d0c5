using System.Text.Json;
using Betar.Agents.Limits;
using Betar.Agents.Schemas;

namespace Betar.Agents.Processes;

/// <summary>
/// One line that a worker wrote: an answer (<c>output</c>), a failure (<c>error</c>), a piece of an answer (<c>partial</c>) or a
/// call of the market (<c>call</c>, <c>method</c>, <c>params</c>), each of the task <c>id</c>.
/// </summary>
internal sealed record WorkerLine(long Id)
{
    public string? Output { get; private init; }

    public string? Error { get; private init; }

    public string? Partial { get; private init; }

    public long? Call { get; private init; }

    public string Method { get; private init; } = "";

    public JsonElement Arguments { get; private init; }

    /// <returns>The line, or null when it is none of these.</returns>
    public static WorkerLine? Parse(ReadOnlySpan<byte> bytes)
    {
        using JsonDocument? document = BoundedReader.Text(bytes) is { } text ? JsonTexts.Parse(text) : null;
        if (document is null || document.RootElement is not { ValueKind: JsonValueKind.Object } line
            || !line.TryGetProperty("id", out JsonElement id) || id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out long number))
            return null;

        var read = new WorkerLine(number)
        {
            Output = Text(line, "output"),
            Error = Text(line, "error"),
            Partial = Text(line, "partial"),
            Call = line.TryGetProperty("call", out JsonElement call) && call.ValueKind == JsonValueKind.Number && call.TryGetInt64(out long place) ? place : null,
            Method = Text(line, "method") ?? "",
            Arguments = line.TryGetProperty("params", out JsonElement arguments) ? arguments.Clone() : default,
        };
        int kinds = (read.Output is null ? 0 : 1) + (read.Error is null ? 0 : 1) + (read.Partial is null ? 0 : 1) + (read.Call is null ? 0 : 1);
        return kinds == 1 ? read : null;
    }

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
