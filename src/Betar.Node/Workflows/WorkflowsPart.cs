using Betar.Grains.Hosting;
using Betar.Grains.Workflows;
using Betar.Node.Composition;
using Betar.Node.Control;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Betar.Node.Workflows;

/// <summary>Workflows on a running node: kept in its store, and gone on with at every start.</summary>
internal sealed class WorkflowsPart : INodePart
{
    public void Register(IServiceCollection services, SellerNode node)
    {
        services.AddSingleton(node.Database.Workflows);
        services.AddBetarWorkflows();
    }

    public IReadOnlyDictionary<string, ControlHandler> Handlers(SellerNode node) => new WorkflowControl(
        node.Grains, node.Database.Workflows, node.Services.GetRequiredService<IOptions<WorkflowOptions>>().Value).Handlers;
}
