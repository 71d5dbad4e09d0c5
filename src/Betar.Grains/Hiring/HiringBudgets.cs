namespace Betar.Grains.Hiring;

/// <summary>Each agent that hires others has a purse of its own, whose limits follow its declaration.</summary>
public static class HiringBudgets
{
    /// <summary>The key of an agent's <see cref="Abstractions.Buying.IBudgetGrain"/>.</summary>
    public static string KeyOf(string agentId) => $"agent/{agentId}";
}
