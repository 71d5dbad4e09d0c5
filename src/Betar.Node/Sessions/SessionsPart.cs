using Betar.Node.Composition;
using Betar.Node.Control;

namespace Betar.Node.Sessions;

/// <summary>The audit log of a running node.</summary>
internal sealed class SessionsPart : INodePart
{
    public IReadOnlyDictionary<string, ControlHandler> Handlers(SellerNode node) => new Dictionary<string, ControlHandler>(StringComparer.Ordinal)
    {
        ["sessions.list"] = (arguments, cancellation) => SessionViews.ListAsync(node.Database.Sessions, node.Offers.All, arguments, cancellation),
        ["sessions.show"] = (arguments, cancellation) => SessionViews.ShowAsync(node.Database.Sessions, node.Offers.All, arguments, cancellation),
    };
}
