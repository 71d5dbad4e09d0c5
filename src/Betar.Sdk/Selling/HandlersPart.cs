using Betar.Agents;
using Betar.Agents.DotNet;
using Betar.Node.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace Betar.Sdk.Selling;

/// <summary>Makes the program's handlers the executors of their agents, on every silo.</summary>
internal sealed class HandlersPart : INodePart
{
    private readonly DotNetHandlers _handlers = new();

    public HandlersPart(IEnumerable<SoldAgent> agents)
    {
        foreach (SoldAgent agent in agents)
            _handlers.Add(agent.Name, (request, cancellationToken) => RunAsync(agent.Handler, request, cancellationToken));
    }

    public void Register(IServiceCollection services, SellerNode node) => services.AddSingleton(_handlers);

    private static async ValueTask<ExecutionOutcome> RunAsync(AgentHandler handler, ExecutionRequest request, CancellationToken cancellationToken)
    {
        AgentAnswer answer = await handler(
            new AgentWork
            {
                Input = request.Input, Caller = request.Caller, Order = request.Order, Memory = request.Memory, Market = request.Market, Partial = request.Partial,
            },
            cancellationToken);
        return answer.IsFailure ? ExecutionOutcome.Failed(answer.Text) : ExecutionOutcome.Ok(answer.Text);
    }
}
