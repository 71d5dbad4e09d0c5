using Betar.Grains.Abstractions.Agents;

namespace Betar.Node.Composition;

/// <summary>What people call an agent of this node: its id, "peer id/id", or its name.</summary>
internal static class AgentNames
{
    /// <summary>The id that is meant. What no agent is called now stays as it is: those that are gone are in the books all the same.</summary>
    public static string IdOf(IReadOnlyCollection<AgentSpec> agents, string named) =>
        agents.FirstOrDefault(agent => agent.Name == named)?.AgentId ?? named[(named.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
