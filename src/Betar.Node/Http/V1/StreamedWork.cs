using Betar.Node.Http.Streaming;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http.V1;

/// <summary>
/// Work for a caller that reads events: the connection says that it lives while the agent works, and the answer comes as the event "result", or as
/// "problem". No proxy in between takes the silence for the end.
/// </summary>
internal sealed class StreamedWork(ApiHandler work, TimeProvider time)
{
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
        Task<ApiAnswer> working = work(request);
        await EventStreamWriter.BeatAsync(response, ending);
        while (await Task.WhenAny(working, Task.Delay(Beat, time, ending)) != working)
        {
            ending.ThrowIfCancellationRequested();
            await EventStreamWriter.BeatAsync(response, ending);
        }

        ApiAnswer answer = await working;
        if (answer.Refusal is { } refusal)
            answer = Problems.Of(refusal, answer.Status);
        string kind = answer.Status < StatusCodes.Status400BadRequest ? "result" : "problem";
        await EventStreamWriter.WriteAsync(response, new ApiEvent(kind, System.Text.Encoding.UTF8.GetString(answer.Body.Span)), ending);
    }
}
