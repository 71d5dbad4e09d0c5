using System.Globalization;
using Betar.X402.Facilitating;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Facilitating;

/// <summary>Bodies of the facilitator's endpoints.</summary>
internal static class FacilitatorAnswers
{
    internal static async Task<FacilitatorAsked> ReadCallAsync(HttpContext context, WireLimits limits)
    {
        if (context.Request.ContentLength > limits.MaxBodyLength
            || await BoundedContent.ReadAsync(context.Request.Body, limits.MaxBodyLength, context.RequestAborted) is not { } body)
        {
            FacilitatorInstruments.OnLimitHit(FacilitatorInstruments.Body);
            return new FacilitatorAsked(null, WireReasons.InvalidPayload, "The request is too long.", IsTooLong: true);
        }

        var parsed = WireCodec.ParseCall(body, limits);
        return new FacilitatorAsked(parsed.Value, parsed.Fault == WireCodec.UnknownVersion ? WireReasons.InvalidVersion : WireReasons.InvalidPayload, parsed.Fault);
    }

    internal static void SetRetryAfter(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Math.Max(1, (wait.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture);

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
