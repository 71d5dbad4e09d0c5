namespace Betar.Storage.Sessions;

/// <summary>What one caller and one agent exchanged, oldest first; the newest of it when there is more than was asked for.</summary>
public sealed record Session(
    string Id, string AgentId, string CallerId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Count, IReadOnlyList<RecordedExchange> Exchanges);
