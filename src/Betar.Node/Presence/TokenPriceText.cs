using Betar.Grains.Abstractions.Agents;

namespace Betar.Node.Presence;

/// <summary>What a price by tokens is called where there is only room for words: a description that others show.</summary>
internal static class TokenPriceText
{
    /// <summary>The description, and behind it the price where it is one by tokens.</summary>
    public static string Beside(string description, AgentSpec agent) => agent.TokenPrice is not { } price ? description
        : description.Length == 0 ? $"{price}, at most {agent.Price.ToUsdc()} USDC a task."
        : $"{description} ({price}, at most {agent.Price.ToUsdc()} USDC a task)";
}
