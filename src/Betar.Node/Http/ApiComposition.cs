using Betar.Node.Composition;
using Betar.Node.Http.Dashboard;
using Betar.Node.Http.Guarding;
using Betar.Node.Http.Legacy;
using Betar.Node.Http.Metering;
using Betar.Node.Http.OpenApi;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Probes;
using Betar.Node.Http.Routing;
using Betar.Node.Http.Streaming;
using Betar.Node.Http.V1;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Http;

/// <summary>Puts the HTTP interface together.</summary>
internal static class ApiComposition
{
    /// <param name="settings">Where, and for whom.</param>
    /// <param name="services">What it stands on.</param>
    /// <param name="own">Closes what is opened here, in the other order.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<HttpApi> StartAsync(HttpSettings settings, ApiServices services, NodeParts own, CancellationToken cancellationToken)
    {
        MetricCollector collector = services.Collector ?? own.Own(new MetricCollector(settings.Limits.MaxSeries));
        MoneyGauges money = own.Own(new MoneyGauges(services.Ledger));
        return own.Own(await HttpApi.StartAsync(
            settings,
            stopping =>
            {
                string? Missing() => stopping.IsCancellationRequested ? "stopping" : services.Missing();
                ApiRoute[] routes = [.. Routes(settings, services, Missing), new MetricsRoute(collector, money.RefreshAsync).Route];
                return new ApiPipeline(
                    new RouteTable([.. routes, new OpenApiRoute(() => routes).Route]), settings, new ApiDoor(settings, services.Tokens), services.Time,
                    services.Loggers.CreateLogger<ApiPipeline>(), stopping, new RepeatedRequests(services.Repeats).AroundAsync).HandleAsync;
            },
            cancellationToken));
    }

    private static IEnumerable<ApiRoute> Routes(HttpSettings settings, ApiServices services, Func<string?> missing)
    {
        NodeOperations operations = services.Operations;
        var cap = new SpendCap(settings.LegacyCap);
        var places = new ListenerPlaces(settings.Limits.MaxListeners);
        return
        [
            .. new ProbeRoutes(missing).Routes,
            .. new LegacyNode(operations).Routes,
            .. new LegacyAgents(operations, new CappedWork(operations, cap)).Routes,
            .. new LegacyTrade(operations, cap).Routes,
            .. new WellKnownCards(operations).Routes,
            .. new DashboardRoutes().Routes,
            .. new V1Routes(operations, services.Time).All,
            new RpcRoute(operations, services.Time).Route,
            new OrderEvents(services.Ledger, places, services.Time).Route,
            new LogEvents(services.Log, places, settings.Limits.ListenerQueue).Route,
            .. services.More,
        ];
    }
}
