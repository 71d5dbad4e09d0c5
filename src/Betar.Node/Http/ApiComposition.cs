using Betar.Node.Http.Guarding;
using Betar.Node.Http.Legacy;
using Betar.Node.Http.Probes;
using Betar.Node.Http.Routing;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Http;

/// <summary>Puts the HTTP interface together.</summary>
internal static class ApiComposition
{
    public static Task<HttpApi> StartAsync(HttpSettings settings, ApiServices services, CancellationToken cancellationToken) =>
        HttpApi.StartAsync(settings, stopping => Pipeline(settings, services, stopping).HandleAsync, cancellationToken);

    private static ApiPipeline Pipeline(HttpSettings settings, ApiServices services, CancellationToken stopping)
    {
        string? Missing() => stopping.IsCancellationRequested ? "stopping" : services.Missing();
        return new ApiPipeline(
            new RouteTable(Routes(services, Missing)), settings, new ApiDoor(settings, services.Tokens), services.Time,
            services.Loggers.CreateLogger<ApiPipeline>(), stopping);
    }

    private static IEnumerable<ApiRoute> Routes(ApiServices services, Func<string?> missing) =>
    [
        .. new ProbeRoutes(missing).Routes,
        .. new LegacyNode(services.Operations).Routes,
        .. new LegacyAgents(services.Operations).Routes,
    ];
}
