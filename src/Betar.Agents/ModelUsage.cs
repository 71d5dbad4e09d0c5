namespace Betar.Agents;

/// <summary>What a task used of a language model.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="Calls">Calls of models, failed ones included.</param>
/// <param name="InputTokens">Tokens of all questions, as the endpoint counts them.</param>
/// <param name="OutputTokens">Tokens of all answers.</param>
public sealed record ModelUsage(string Model, int Calls, long InputTokens, long OutputTokens)
{
    public long TotalTokens => InputTokens + OutputTokens;

    /// <summary>By the prices of the agent's settings, in millionths of a USD, rounded up; 0 when no price is set.</summary>
    public long CostAtomic { get; init; }
}
