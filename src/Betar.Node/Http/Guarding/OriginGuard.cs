using Betar.Node.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Betar.Node.Http.Guarding;

/// <summary>Web pages of other origins are kept out, whatever they ask, apart from those that are allowed by name.</summary>
internal sealed class OriginGuard(HttpSettings settings)
{
    public CliRefusal? Check(HttpContext context)
    {
        if (Origin(context) is not { } origin || IsOwn(context, origin))
            return null;
        if (!IsAllowed(origin))
            return ErrorCatalog.OriginRefused.Refuse($"Pages of {VisibleText.Of(origin)} may not ask this node");
        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.Vary = HeaderNames.Origin;
        headers.AccessControlAllowMethods = "GET, POST, DELETE, OPTIONS";
        headers.AccessControlAllowHeaders = "Content-Type, Authorization, Idempotency-Key, Last-Event-ID";
        return null;
    }

    /// <summary>Null: a program asks, or a page of this node by a link.</summary>
    private static string? Origin(HttpContext context) => context.Request.Headers.Origin is { Count: > 0 } values ? values.ToString() : null;

    private static bool IsOwn(HttpContext context, string origin) =>
        origin.Equals($"{context.Request.Scheme}://{context.Request.Host.Value}", StringComparison.OrdinalIgnoreCase);

    private bool IsAllowed(string origin) => settings.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
