using Betar.Node.Conversations;
using Betar.Node.Configuration.Reloading;
using Betar.Node.Http;
using Betar.Node.Orders;
using Betar.Node.Sessions;
using Betar.Node.Trading;
using Betar.Node.Watching;
using Betar.Node.Workflows;

namespace Betar.Node.Composition;

/// <summary>The parts of a fleet's node, in the order in which they start.</summary>
internal static class FleetParts
{
    public static IReadOnlyList<INodePart> Create() =>
    [
        new OrdersPart(),
        new ConfigurationPart(),
        new SessionsPart(),
        new ConversationsPart(),
        new TradingPart(),
        new WorkflowsPart(),
        new WatchPart(),

        // Last: whoever asks over HTTP finds a whole node.
        new HttpPart(),
    ];
}
