using System.Text;
using Betar.Node.Http.Streaming;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http.V1;

/// <summary>Work that is answered in events for a caller that reads them, and whole for all others.</summary>
internal sealed class StreamedWork(ApiHandler work, TimeProvider time)
{
    public async Task<ApiAnswer> AnswerAsync(ApiRequest request)
    {
        if (!PiecewiseAnswer.IsWanted(request.Context.Request))
            return await work(request);

        // Begun before the answer is: the body's JSON lives no longer than this call.
        ApiRequest kept = request with { Body = request.Body.Clone() };
        return ApiAnswer.Streaming(
            EventStreamWriter.ContentType,
            (context, ending) => PiecewiseAnswer.WriteAsync(context.Response, partial => WorkAsync(kept with { Partial = partial }), time, ending));
    }

    private async Task<ApiEvent> WorkAsync(ApiRequest request)
    {
        ApiAnswer answer = await work(request);
        if (answer.Refusal is { } refusal)
            answer = Problems.Of(refusal, answer.Status);
        string kind = answer.Status < StatusCodes.Status400BadRequest ? PiecewiseAnswer.Result : PiecewiseAnswer.Problem;
        return new ApiEvent(kind, Encoding.UTF8.GetString(answer.Body.Span));
    }
}
