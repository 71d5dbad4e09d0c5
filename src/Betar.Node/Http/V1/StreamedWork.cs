using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Betar.Node.Cli;
using Betar.Node.Http.Streaming;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http.V1;

/// <summary>
/// Work for a caller that reads events: pieces of the answer come as events "partial" while the agent makes them, the connection says that it lives
/// in between, and the answer comes as the event "result", or as "problem". No proxy in between takes the silence for the end.
/// </summary>
internal sealed class StreamedWork(ApiHandler work, TimeProvider time)
{
    public const string Partial = "partial";
    public const string Result = "result";

    /// <summary>How often the connection says that it lives.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    public async Task<ApiAnswer> AnswerAsync(ApiRequest request)
    {
        bool wantsEvents = request.Context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(EventStreamWriter.ContentType, StringComparison.OrdinalIgnoreCase));
        if (!wantsEvents)
            return await work(request);

        // Begun before the answer is: the body's JSON lives no longer than this call.
        ApiRequest kept = request with { Body = request.Body.Clone() };
        return ApiAnswer.Streaming(EventStreamWriter.ContentType, (context, ending) => StreamAsync(context.Response, kept, ending));
    }

    private async Task StreamAsync(HttpResponse response, ApiRequest request, CancellationToken ending)
    {
        // Pieces wait for the connection and the work waits for neither; one reader at a time writes.
        var pieces = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { SingleReader = true });
        Task<ApiAnswer> working = WorkAsync(request with { Partial = piece => pieces.Writer.WriteAsync(piece, ending) }, pieces.Writer);
        await EventStreamWriter.BeatAsync(response, ending);
        while (await NextAsync(pieces.Reader, response, ending))
        {
            while (pieces.Reader.TryRead(out string? piece))
                await EventStreamWriter.WriteAsync(response, new ApiEvent(Partial, Json(piece)), ending);
        }

        ApiAnswer answer = await working;
        if (answer.Refusal is { } refusal)
            answer = Problems.Of(refusal, answer.Status);
        string kind = answer.Status < StatusCodes.Status400BadRequest ? Result : "problem";
        await EventStreamWriter.WriteAsync(response, new ApiEvent(kind, Encoding.UTF8.GetString(answer.Body.Span)), ending);
    }

    private async Task<ApiAnswer> WorkAsync(ApiRequest request, ChannelWriter<string> pieces)
    {
        try
        {
            return await work(request);
        }
        finally
        {
            pieces.TryComplete();
        }
    }

    /// <returns>False when there are no more pieces.</returns>
    private async Task<bool> NextAsync(ChannelReader<string> pieces, HttpResponse response, CancellationToken ending)
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
