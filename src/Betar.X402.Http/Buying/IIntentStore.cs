namespace Betar.X402.Http.Buying;

/// <summary>Remembers what was signed for which intent. A durable one keeps a restart from paying again.</summary>
public interface IIntentStore
{
    /// <summary>
    /// Takes the intent before anything is signed for it; waits while somebody else has it. Null when nothing was signed yet: the caller
    /// must save or abandon.
    /// </summary>
    Task<IntentRecord?> BeginAsync(string intent, CancellationToken cancellationToken);

    Task SaveAsync(string intent, IntentRecord record, CancellationToken cancellationToken);

    /// <summary>Nothing was signed.</summary>
    Task AbandonAsync(string intent, CancellationToken cancellationToken);
}
