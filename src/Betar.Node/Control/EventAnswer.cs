using System.Net.ServerSentEvents;
using System.Text.Json;
using Betar.Agents.Limits;
using Betar.Node.Http.Streaming;

namespace Betar.Node.Control;

/// <summary>What an answer in events came to: an answer as ever, or a problem with its code.</summary>
internal sealed record EventAnswer(bool IsResult, JsonElement Value)
{
    /// <summary>Reads events: "partial" with a piece, then "result" or "problem". Bounded as a whole.</summary>
    /// <exception cref="IOException">The events ended too early, or were too large.</exception>
    public static async Task<EventAnswer> ReadAsync(Stream stream, Func<string, ValueTask> partial, int largest, CancellationToken cancellationToken)
    {
        await using var bounded = new BoundedStream(stream, largest, () => new IOException($"The events have more than {largest} bytes."));
        await foreach (SseItem<string> item in SseParser.Create(bounded).EnumerateAsync(cancellationToken))
        {
            if (item.EventType is not (PiecewiseAnswer.Partial or PiecewiseAnswer.Result or PiecewiseAnswer.Problem))
                continue;
            using JsonDocument document = JsonDocument.Parse(item.Data);
            if (item.EventType != PiecewiseAnswer.Partial)
                return new EventAnswer(item.EventType == PiecewiseAnswer.Result, document.RootElement.Clone());
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String)
                await partial(text.GetString()!);
        }

        throw new IOException("The events ended without a result.");
    }

    /// <summary>Sends a request and reads its answer, in events or whole, as it comes.</summary>
    /// <param name="http">The way to the node.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="partial">Takes pieces of the answer; null: none are asked for.</param>
    /// <param name="largest">Bytes of all events.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<(EventAnswer Answer, int Status)> AskAsync(
        HttpClient http, HttpRequestMessage request, Func<string, ValueTask>? partial, int largest, CancellationToken cancellationToken)
    {
        if (partial is not null)
            request.Headers.Accept.Add(new(EventStreamWriter.ContentType));
        using HttpResponseMessage response = await http.SendAsync(
            request, partial is null ? HttpCompletionOption.ResponseContentRead : HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (partial is not null && response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == EventStreamWriter.ContentType)
            return (await ReadAsync(await response.Content.ReadAsStreamAsync(cancellationToken), partial, largest, cancellationToken), (int)response.StatusCode);
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return (new EventAnswer(response.IsSuccessStatusCode, document.RootElement.Clone()), (int)response.StatusCode);
    }
}
