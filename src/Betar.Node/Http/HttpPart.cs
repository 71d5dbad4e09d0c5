using Betar.Grains.Selling;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Http.Metering;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Selling;
using Betar.Node.Http.Streaming;
using Betar.Node.Http.Tokens;
using Betar.Storage.Idempotency;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Http;

/// <summary>The node's HTTP interface. Its operations are there for the control socket also when nothing listens.</summary>
internal sealed class HttpPart : INodePart, IDisposable
{
    private StatusOperations? _status;
    private MetricCollector? _collector;

    /// <summary>Where it answers; null: nowhere.</summary>
    public Uri? Url { get; private set; }

    public IReadOnlyDictionary<string, ControlHandler> Handlers(SellerNode node) => new Dictionary<string, ControlHandler>(
        (_status ??= new StatusOperations(node)).Handlers.Concat(new AgentOperations(node).Handlers), StringComparer.Ordinal);

    /// <summary>Counts from here on: what was opened before anybody counted would be missing when it closes.</summary>
    public void Register(IServiceCollection services, SellerNode node)
    {
        if (node.Options.Http is { } settings)
            _collector ??= new MetricCollector(settings.Limits.MaxSeries);
    }

    public async Task StartAsync(SellerNode node, NodeParts own, CancellationToken cancellationToken)
    {
        NodeContext context = node.Context;
        if (Telemetry.Start(context.Environment, node.Identity.PeerId) is { } telemetry)
            own.Own(telemetry);
        if (node.Options.Http is not { } settings)
            return;
        if (settings.LegacyOpen)
            HttpStartLog.LogLegacyOpen(context.Loggers.CreateLogger<HttpPart>(), settings.LegacyCap.ToUsdc());
        var tokens = new ApiTokens(settings.TokenHash, new ApiTokenFile(node.Folder.Tokens), context.Loggers.CreateLogger<ApiTokens>());
        DurableIdempotency repeats = await DurableIdempotency.OpenAsync(node.Database, new IdempotencyOptions(), context.Time, cancellationToken);
        var services = new ApiServices(new NodeOperations(new NodeControl(node).Handlers, node.StreamedHandlers), tokens, node.Ledger, repeats, context.Time, context.Loggers)
        {
            More = [.. new HttpSaleRoute(
                node, await HttpSales.OpenAsync(node, own, cancellationToken), node.Services.GetRequiredService<AdmissionGate>(),
                () => node.Services.GetRequiredService<SalesDesk>()).Routes],
            Missing = () => node.StoreStopped.IsCompleted ? "store" : node.Network is null ? "network" : null,
        };
        if (context.Loggers is LogFeed feed)
            services = services with { Log = feed };
        Url = (await ApiComposition.StartAsync(settings, services with { Collector = _collector }, own, cancellationToken)).Url;
    }

    public void Dispose() => _collector?.Dispose();
}
