using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Http.Streaming;

namespace Betar.Node.Watching;

/// <summary>What people watch of a running node: its log, and how it does.</summary>
internal sealed class WatchPart : INodePart
{
    public IReadOnlyDictionary<string, ControlHandler> Handlers(SellerNode node)
    {
        var handlers = new Dictionary<string, ControlHandler>(StringComparer.Ordinal)
        {
            [FleetOverview.Operation] = new FleetOverview(node).AnswerAsync,
            [AgentOverview.Operation] = new AgentOverview(node).AnswerAsync,
        };
        if (node.Context.Loggers is LogFeed { Ring: { } ring })
            handlers[LogControl.Operation] = new LogControl(ring, node.Context.Time).AnswerAsync;
        return handlers;
    }
}
