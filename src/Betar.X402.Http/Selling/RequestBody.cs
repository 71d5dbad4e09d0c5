using Betar.X402.Facilitating;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Selling;

/// <summary>Takes in a request's whole body, so that it can be part of what was paid for, and gives it to the handler again.</summary>
internal static class RequestBody
{
    /// <summary>Null when it is longer than the limit.</summary>
    internal static async Task<byte[]?> TakeAsync(HttpContext context, int limit)
    {
        if (context.Request.ContentLength > limit)
        {
            return null;
        }

        var body = await BoundedContent.ReadAsync(context.Request.Body, limit, context.RequestAborted);
        if (body is not null)
        {
            context.Request.Body = new MemoryStream(body, false);
        }

        return body;
    }
}
