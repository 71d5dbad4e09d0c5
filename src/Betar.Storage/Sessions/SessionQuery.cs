namespace Betar.Storage.Sessions;

/// <summary>Which part of the log to read.</summary>
public sealed record SessionQuery
{
    /// <summary>Most sessions that one question answers.</summary>
    public const int MostSessions = 500;

    /// <summary>Most exchanges of a session that one question answers.</summary>
    public const int MostExchanges = 1_000;

    public required string AgentId { get; init; }

    /// <summary>Sessions of callers after this one, in the order of their names. Empty: from the first.</summary>
    public string AfterCaller { get; init; } = "";

    /// <summary>At most so many sessions. 1 to <see cref="MostSessions"/>; default 50.</summary>
    public int Sessions { get; init; } = 50;

    /// <summary>The newest so many exchanges of each. 0 to <see cref="MostExchanges"/>; default 10.</summary>
    public int Exchanges { get; init; } = 10;

    /// <summary>Only exchanges before this sequence: the page before. Default: from the newest.</summary>
    public long Before { get; init; } = long.MaxValue;
}
