using Betar.Node.Http.Routing;

namespace Betar.Node.Http.Metering;

/// <summary>What the node counts, for Prometheus.</summary>
/// <param name="collector">Adds it up.</param>
/// <param name="refresh">Reads what is counted only when somebody asks.</param>
internal sealed class MetricsRoute(MetricCollector collector, Func<CancellationToken, Task> refresh)
{
    public ApiRoute Route => new("GET", "/metrics", ApiRole.Read, async request =>
    {
        await refresh(request.Aborted);
        return ApiAnswer.Text(collector.Write(), MetricCollector.ContentType);
    });
}
