using System.Text.Json;
using System.Threading.Channels;
using Betar.Node.Cli;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http.Streaming;

/// <summary>
/// An answer in events: pieces of it come as "partial" while it is made, the connection says that it lives in between, and what it came to is the
/// last event, "result" or "problem". No proxy in between takes the silence for the end.
/// </summary>
internal static class PiecewiseAnswer
{
    public const string Partial = "partial";
    public const string Result = "result";
    public const string Problem = "problem";

    /// <summary>How often the connection says that it lives.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    public static bool IsWanted(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(EventStreamWriter.ContentType, StringComparison.OrdinalIgnoreCase));

    /// <param name="response">Whose headers are set.</param>
    /// <param name="work">Does what was asked, hands on pieces, and says what it came to.</param>
    /// <param name="time">Of the signs of life.</param>
    /// <param name="ending">The caller is gone, or the node stops.</param>
    public static async Task WriteAsync(
        HttpResponse response, Func<Func<string, ValueTask>, Task<ApiEvent>> work, TimeProvider time, CancellationToken ending)
    {
        // Pieces wait for the connection and the work waits for neither; one reader at a time writes.
        var pieces = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { SingleReader = true });
        Task<ApiEvent> working = WorkAsync(work, pieces.Writer, ending);
        await EventStreamWriter.BeatAsync(response, ending);
        while (await NextAsync(pieces.Reader, response, time, ending))
        {
            while (pieces.Reader.TryRead(out string? piece))
                await EventStreamWriter.WriteAsync(response, new ApiEvent(Partial, Json(piece)), ending);
        }

        await EventStreamWriter.WriteAsync(response, await working, ending);
    }

    private static async Task<ApiEvent> WorkAsync(Func<Func<string, ValueTask>, Task<ApiEvent>> work, ChannelWriter<string> pieces, CancellationToken ending)
    {
        try
        {
            return await work(piece => pieces.WriteAsync(piece, ending));
        }
        finally
        {
            pieces.TryComplete();
        }
    }

    /// <returns>False when there are no more pieces.</returns>
    private static async Task<bool> NextAsync(ChannelReader<string> pieces, HttpResponse response, TimeProvider time, CancellationToken ending)
    {
        Task<bool> next = pieces.WaitToReadAsync(ending).AsTask();
        while (await Task.WhenAny(next, Task.Delay(Beat, time, ending)) != next)
        {
            ending.ThrowIfCancellationRequested();
            await EventStreamWriter.BeatAsync(response, ending);
        }

        return await next;
    }

    private static string Json(string piece)
    {
        using JsonDocument document = JsonOutput.Parse(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("text", piece);
            writer.WriteEndObject();
        });
        return document.RootElement.GetRawText();
    }
}
