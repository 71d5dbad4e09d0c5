namespace Betar.Node.Configuration;

/// <summary>What <c>agents.yaml</c> says.</summary>
/// <param name="Facilitator">Whose facilitator brings payments onto the chain; null: the node's own accounts.</param>
public sealed record FleetDeclaration(IReadOnlyList<AgentDeclaration> Agents, Uri? Facilitator)
{
    public static FleetDeclaration Nobody { get; } = new([], null);
}
