using Betar.X402.Selling;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Betar.X402.Http.Selling;

/// <summary>Runs a handler and keeps its answer, so that nothing leaves before it is paid for.</summary>
internal static class AnswerCapture
{
    private static readonly string[] NotKept = ["Date", "Server", "Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length", "Upgrade"];

    /// <summary>Null when the answer is longer than the limit.</summary>
    internal static async Task<StoredAnswer?> RunAsync(HttpContext context, RequestDelegate handler, int maxLength)
    {
        var real = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var memory = new BoundedStream(maxLength);
        var held = new StreamResponseBodyFeature(memory, real);
        context.Features.Set<IHttpResponseBodyFeature>(held);
        try
        {
            await handler(context);
            await held.CompleteAsync();
        }
        finally
        {
            context.Features.Set(real);
        }

        var headers = context.Response.Headers
            .Where(header => !NotKept.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value ?? "")))
            .ToList();
        return memory.IsOverflowed ? null : new StoredAnswer(context.Response.StatusCode, headers, memory.ToArray());
    }
}
