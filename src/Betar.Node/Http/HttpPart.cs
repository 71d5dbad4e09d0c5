using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Tokens;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Http;

/// <summary>The node's HTTP interface. Its operations are there for the control socket also when nothing listens.</summary>
internal sealed class HttpPart : INodePart
{
    private StatusOperations? _status;

    /// <summary>Where it answers; null: nowhere.</summary>
    public Uri? Url { get; private set; }

    public IReadOnlyDictionary<string, ControlHandler> Handlers(SellerNode node) => (_status ??= new StatusOperations(node)).Handlers;

    public async Task StartAsync(SellerNode node, NodeParts own, CancellationToken cancellationToken)
    {
        if (node.Options.Http is not { } settings)
            return;
        NodeContext context = node.Context;
        if (settings.LegacyOpen)
            HttpStartLog.LogLegacyOpen(context.Loggers.CreateLogger<HttpPart>(), settings.LegacyCap.ToUsdc());
        var tokens = new ApiTokens(settings.TokenHash, new ApiTokenFile(node.Folder.Tokens), context.Loggers.CreateLogger<ApiTokens>());
        var services = new ApiServices(new NodeOperations(new NodeControl(node).Handlers), tokens, context.Time, context.Loggers)
        {
            Missing = () => node.StoreStopped.IsCompleted ? "store" : null,
        };
        Url = own.Own(await ApiComposition.StartAsync(settings, services, cancellationToken)).Url;
    }
}
