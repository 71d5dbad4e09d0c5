using Betar.Node.Errors;
using Betar.Node.Http.Routing;
using Betar.Node.Http.Tokens;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http.Guarding;

/// <summary>Who may do what: everybody on this machine may look, whoever shows a token may do what its role says, and whoever shows a certificate of the operator's everything.</summary>
internal sealed class ApiDoor(HttpSettings settings, ApiTokens tokens)
{
    private const string Bearer = "Bearer ";

    public Checked<ApiCaller> Admit(HttpContext context, ApiRoute route)
    {
        ApiCaller? caller = null;
        if (context.Request.Headers.Authorization is { Count: > 0 } shown)
        {
            string text = shown.ToString();
            caller = text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? tokens.Find(text[Bearer.Length..].Trim()) : null;
            if (caller is null && !route.IsOpen)
                return ErrorCatalog.TokenNeeded.Refuse("The token is not one of this node");
        }

        // Certificates were checked before the request was read; a token beside one says what it may do.
        if (caller is null && settings.Certificates?.Authority is not null && context.Connection.ClientCertificate is { } certificate)
            caller = new ApiCaller($"certificate {certificate.Thumbprint}", ApiRole.Spend);
        if (caller is null && (settings.IsLocal || route.IsOpen))
            caller = settings.LegacyOpen && route.Style == ApiStyle.Legacy ? ApiCaller.Legacy : ApiCaller.Anonymous;
        if (caller is null)
            return ErrorCatalog.TokenNeeded.Refuse($"{context.Request.Method} {route.Pattern} needs a token");
        return Require(caller, route.Role, $"{context.Request.Method} {route.Pattern}") is { } refusal ? refusal : caller;
    }

    /// <summary>Null: the caller may do it.</summary>
    public static CliRefusal? Require(ApiCaller caller, ApiRole role, string what) => caller.Role >= role ? null
        : caller.IsAnonymous ? ErrorCatalog.TokenNeeded.Refuse($"{what} needs a token")
        : ErrorCatalog.RoleTooLow.Refuse($"{what} needs the role {Name(role)}; this token has {Name(caller.Role)}");

    private static string Name(ApiRole role) => role.ToString().ToLowerInvariant();
}
