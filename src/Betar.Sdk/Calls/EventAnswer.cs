using System.Net.ServerSentEvents;
using System.Text.Json;
using Betar.Agents.Limits;

namespace Betar.Sdk.Calls;

/// <summary>An answer that comes as events: "partial" with a piece, then "result" or "problem". Bounded as a whole.</summary>
internal static class EventAnswer
{
    public const string MediaType = "text/event-stream";

    /// <exception cref="IOException">The events ended too early, or were too large.</exception>
    public static async Task<BetarResult<JsonElement>> ReadAsync(Stream stream, Func<string, ValueTask> partial, int largest, CancellationToken cancellationToken)
    {
        await using var bounded = new BoundedStream(stream, largest, () => new IOException($"The events have more than {largest} bytes."));
        await foreach (SseItem<string> item in SseParser.Create(bounded).EnumerateAsync(cancellationToken))
        {
            if (item.EventType is not ("partial" or "result" or "problem"))
                continue;
            using JsonDocument document = JsonDocument.Parse(item.Data);
            if (item.EventType == "problem")
                return Problem.Read(document.RootElement, "");
            if (item.EventType == "result")
                return document.RootElement.Clone();
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String)
                await partial(text.GetString()!);
        }

        throw new IOException("The events ended without a result.");
    }
}
