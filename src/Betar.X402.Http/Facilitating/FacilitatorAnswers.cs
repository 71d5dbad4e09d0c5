using Betar.X402.Facilitating;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Facilitating;

/// <summary>Bodies of the facilitator's endpoints.</summary>
internal static class FacilitatorAnswers
{
    internal static async Task<(FacilitatorCall? Call, string Reason, string? Fault)> ReadCallAsync(HttpContext context, WireLimits limits)
    {
        if (await BoundedContent.ReadAsync(context.Request.Body, limits.MaxBodyLength, context.RequestAborted) is not { } body)
        {
            return (null, WireReasons.InvalidPayload, "The request is too long.");
        }

        var parsed = WireCodec.ParseCall(body, limits);
        return (parsed.Value, parsed.Fault == WireCodec.UnknownVersion ? WireReasons.InvalidVersion : WireReasons.InvalidPayload, parsed.Fault);
    }

    internal static Task WriteAsync(HttpContext context, int status, byte[] json)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, 0, json.Length);
    }
}
