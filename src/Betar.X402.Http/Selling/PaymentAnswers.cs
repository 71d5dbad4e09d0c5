using System.Globalization;
using System.Text.Json;
using Betar.X402.Selling;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Betar.X402.Http.Selling;

/// <summary>What goes back to buyers. None of it may be kept by anybody on the way: it was paid for by one, and for one.</summary>
internal static class PaymentAnswers
{
    private const string Exposed = $"{PaymentHeaders.Required}, {PaymentHeaders.Response}, {PaymentHeaders.V1Response}";
    private const string VaryBy = $"{PaymentHeaders.Signature}, {PaymentHeaders.V1Payment}";

    // Caches that read words of their own would not see ours; those of "…-Cache-Control" (RFC 9213) are found by their end.
    private static readonly string[] Foreign = ["Surrogate-Control", "Edge-Control", "X-Accel-Expires", "Expires", "Pragma"];

    /// <summary>402 (or 412): the demand in the header for version 2, in the body for version 1.</summary>
    internal static Task DemandAsync(HttpContext context, int status, PaymentDemand demand, PaymentDemand? v1, SettleResponse? settlement = null)
    {
        var response = Begin(context, status);
        response.Headers[PaymentHeaders.Required] = PaymentHeaders.Encode(WireCodec.Write(demand));
        if (settlement is not null)
        {
            SetSettlement(response, settlement, v1 is not null && IsV1(context));
        }

        return WriteAsync(response, WireCodec.Write(v1 ?? demand));
    }

    /// <summary>Anything else: the protocol's reason, a code that stays, a sentence.</summary>
    internal static Task ErrorAsync(HttpContext context, int status, string reason, string message, TimeSpan? retryAfter = null, SettleResponse? settlement = null)
    {
        var response = Begin(context, status);
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = (wait.Ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture);
        }

        if (settlement is not null)
        {
            SetSettlement(response, settlement, IsV1(context));
        }

        return WriteAsync(response, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["error"] = reason, ["message"] = message }));
    }

    /// <summary>The handler's own answer with the settlement beside it, as it will be given again.</summary>
    internal static StoredAnswer Seal(StoredAnswer answer, SettleResponse settlement, int version)
    {
        var name = version == WireVersions.First ? PaymentHeaders.V1Response : PaymentHeaders.Response;
        var kept = Keep(answer);
        return kept with { Headers = [.. kept.Headers, new(name, PaymentHeaders.Encode(WireCodec.Write(settlement, version)))] };
    }

    /// <summary>The handler's own answer without a settlement: a cache that kept it would give it to those who pay.</summary>
    internal static StoredAnswer Keep(StoredAnswer answer) => answer with
    {
        Headers =
        [
            .. answer.Headers.Where(header => !IsOurs(header.Key) && !IsCaching(header.Key)),
            new(HeaderNames.CacheControl, Private(answer.Headers)),
            new(HeaderNames.Vary, VaryBy),
            new(HeaderNames.AccessControlExposeHeaders, Exposed),
        ],
    };

    internal static async Task SendAsync(HttpContext context, StoredAnswer answer)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.Append(name, value);
        }

        if (answer.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
        {
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    private static HttpResponse Begin(HttpContext context, int status)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "private, no-store";
        response.Headers.Vary = VaryBy;
        response.Headers.AccessControlExposeHeaders = Exposed;
        return response;
    }

    private static void SetSettlement(HttpResponse response, SettleResponse settlement, bool first) =>
        response.Headers[first ? PaymentHeaders.V1Response : PaymentHeaders.Response] =
            PaymentHeaders.Encode(WireCodec.Write(settlement, first ? WireVersions.First : WireVersions.Current));

    private static bool IsV1(HttpContext context) => context.Request.Headers.ContainsKey(PaymentHeaders.V1Payment);

    private static Task WriteAsync(HttpResponse response, byte[] body)
    {
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, 0, body.Length);
    }

    // What the handler said of its own caching, without leave for anybody else.
    private static string Private(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var said = headers.Where(header => header.Key.Equals(HeaderNames.CacheControl, StringComparison.OrdinalIgnoreCase))
            .SelectMany(header => header.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(word => !word.Equals("public", StringComparison.OrdinalIgnoreCase) && !word.Equals("private", StringComparison.OrdinalIgnoreCase)
                && !word.StartsWith("s-maxage", StringComparison.OrdinalIgnoreCase))
            .ToList();
        return said.Count == 0 ? "private, no-store" : "private, " + string.Join(", ", said);
    }

    private static bool IsOurs(string name) =>
        name.Equals(PaymentHeaders.Response, StringComparison.OrdinalIgnoreCase) || name.Equals(PaymentHeaders.V1Response, StringComparison.OrdinalIgnoreCase)
        || name.Equals(PaymentHeaders.Required, StringComparison.OrdinalIgnoreCase);

    private static bool IsCaching(string name) =>
        name.EndsWith(HeaderNames.CacheControl, StringComparison.OrdinalIgnoreCase) || Foreign.Contains(name, StringComparer.OrdinalIgnoreCase);
}
