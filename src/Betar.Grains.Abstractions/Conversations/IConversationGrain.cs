namespace Betar.Grains.Abstractions.Conversations;

/// <summary>[agent id/caller] Is what one agent remembers of one caller, who was proven and not just named: nobody else's exchanges are ever among them.</summary>
[Alias("betar.IConversationGrain")]
public interface IConversationGrain : IGrainWithStringKey
{
    /// <summary>Neither an agent's id nor a proven caller has a slash.</summary>
    static string Key(string agentId, string caller) => $"{agentId}/{caller}";

    [Alias("Recall")]
    Task<Recollection> Recall(MemoryPolicy policy);

    /// <summary>Adds an exchange and lets go of those that are over the policy, or over the limits of the node.</summary>
    /// <returns>What is due to go into the summary; null: nothing, or there shall be none.</returns>
    [Alias("Remember")]
    Task<CondensingWork?> Remember(RememberedTurn turn, MemoryPolicy policy);

    /// <summary>Takes the summary in place of the exchanges that went into it.</summary>
    /// <returns>False when the caller was forgotten since, or another summary came first: then nothing is taken.</returns>
    [Alias("Condense")]
    Task<bool> Condense(CondensingWork work, string summary);

    /// <returns>True when there was something to forget.</returns>
    [Alias("Forget")]
    Task<bool> Forget();
}
