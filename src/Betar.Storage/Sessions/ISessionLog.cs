namespace Betar.Storage.Sessions;

/// <summary>
/// The audit log of everything that agents did, for whom and for what payment. Append-only; it is read by people and never shown to an agent.
/// A paid exchange is written with its entry of the ledger, in the same transaction: <see cref="Ledger.LedgerAppend.Exchange"/>.
/// </summary>
public interface ISessionLog
{
    /// <summary>Records with the disk's next sync. Nobody waits for it: an exchange that finds no room is counted and left out.</summary>
    void Record(SessionExchange exchange);

    /// <summary>An agent's sessions in the order of their callers' names.</summary>
    ValueTask<IReadOnlyList<Session>> ListAsync(SessionQuery query, CancellationToken cancellationToken);

    /// <summary>The session of this caller; <see cref="SessionQuery.AfterCaller"/> and <see cref="SessionQuery.Sessions"/> say nothing here.</summary>
    ValueTask<Session?> FindAsync(SessionQuery query, string callerId, CancellationToken cancellationToken);
}
