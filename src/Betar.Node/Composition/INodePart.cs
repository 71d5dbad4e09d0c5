using Betar.Marketplace.Exchange;
using Betar.Node.Control;
using Microsoft.Extensions.DependencyInjection;

namespace Betar.Node.Composition;

/// <summary>A part of the running fleet that brings its own services and answers: workflows, sessions, the HTTP interface. Listed in <see cref="FleetParts"/>.</summary>
internal interface INodePart
{
    /// <summary>Adds to every silo what the part's grains need. The node's store, keys and chain are open by now; its silos and its host are not.</summary>
    void Register(IServiceCollection services, SellerNode node)
    {
    }

    /// <summary>Once the fleet is declared and the node is on the network. What stays open is given to <paramref name="own"/>, which closes it first of all.</summary>
    Task StartAsync(SellerNode node, NodeParts own, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What peers are answered on the marketplace's stream protocol, by the type of the request.</summary>
    IReadOnlyDictionary<string, MarketRequestHandler> MarketHandlers(SellerNode node) => new Dictionary<string, MarketRequestHandler>();

    /// <summary>Those of the answers below that can be had piece by piece.</summary>
    IReadOnlyDictionary<string, StreamedHandler> StreamedHandlers(SellerNode node) => new Dictionary<string, StreamedHandler>();

    /// <summary>What the control socket, and the HTTP interface behind it, answer about the part.</summary>
    IReadOnlyDictionary<string, ControlHandler> Handlers(SellerNode node) => new Dictionary<string, ControlHandler>();
}
