using Betar.Node.Http.Routing;

namespace Betar.Node.Http.Probes;

/// <summary>For who starts, restarts and balances nodes.</summary>
/// <param name="missing">Names what keeps the node from serving; null: nothing.</param>
internal sealed class ProbeRoutes(Func<string?> missing)
{
    public IEnumerable<ApiRoute> Routes =>
    [
        new("GET", "/livez", ApiRole.Read, _ => Task.FromResult(Status("alive", 200))) { IsOpen = true },
        new("GET", "/startupz", ApiRole.Read, _ => Task.FromResult(Status("started", 200))) { IsOpen = true },
        new("GET", "/readyz", ApiRole.Read, _ => Task.FromResult(Ready())) { IsOpen = true },
    ];

    private ApiAnswer Ready() => missing() is { } what ? Status("not ready", 503, what) : Status("ready", 200);

    private static ApiAnswer Status(string status, int code, string? missing = null) => ApiAnswer.Json(
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status", status);
            if (missing is not null)
                writer.WriteString("missing", missing);
            writer.WriteEndObject();
        },
        code);
}
