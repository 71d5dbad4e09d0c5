namespace Betar.Node.Configuration;

/// <summary>What <c>agents.yaml</c> says.</summary>
/// <param name="Facilitator">Whose facilitator brings payments onto the chain; null: the node's own accounts.</param>
public sealed record FleetDeclaration(IReadOnlyList<AgentDeclaration> Agents, Uri? Facilitator)
{
    public static FleetDeclaration Nobody { get; } = new([], null);

    /// <summary>Secrets that stand in the file in clear text, by the references that stand for them everywhere else.</summary>
    public IReadOnlyDictionary<string, Secret> ClearSecrets { get; init; } = new Dictionary<string, Secret>();

    /// <summary>What is taken and had better be written otherwise, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
