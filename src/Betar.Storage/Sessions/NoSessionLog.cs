namespace Betar.Storage.Sessions;

/// <summary>Keeps nothing.</summary>
public sealed class NoSessionLog : ISessionLog
{
    public void Record(SessionExchange exchange)
    {
    }

    public ValueTask<IReadOnlyList<Session>> ListAsync(SessionQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Session>>([]);

    public ValueTask<Session?> FindAsync(SessionQuery query, string callerId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Session?>(null);
}
