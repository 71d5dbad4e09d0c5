namespace Betar.Grains.Abstractions.Conversations;

/// <summary>[agent id/caller] Is what one agent remembers of one caller, who was proven and not just named: nobody else's exchanges are ever among them.</summary>
[Alias("betar.IConversationGrain")]
public interface IConversationGrain : IGrainWithStringKey
{
    /// <summary>Neither an agent's id nor a proven caller has a slash.</summary>
    static string Key(string agentId, string caller) => $"{agentId}/{caller}";

    /// <summary>The last exchanges, oldest first.</summary>
    [Alias("Recall")]
    Task<List<RememberedTurn>> Recall(int turns);

    /// <summary>Adds an exchange and lets go of those that are over <paramref name="turns"/>, or over the limits of the node.</summary>
    [Alias("Remember")]
    Task Remember(RememberedTurn turn, int turns);

    /// <returns>True when there was something to forget.</returns>
    [Alias("Forget")]
    Task<bool> Forget();
}
