namespace Betar.Storage.Sessions;

/// <summary>One execution for somebody, whatever became of it.</summary>
public sealed record SessionExchange
{
    public required string AgentId { get; init; }

    /// <summary>Who it was for, as far as that was proven: a peer, a payer, this node itself. Never what a caller says of itself.</summary>
    public required string CallerId { get; init; }

    /// <summary>What the caller calls itself; anybody can write that.</summary>
    public string ClaimedCaller { get; init; } = "";

    public required string RequestId { get; init; }

    public required string Input { get; init; }

    public string Output { get; init; } = "";

    /// <summary>Why there is no output; empty when it went well.</summary>
    public string Error { get; init; } = "";

    public SessionPayment? Payment { get; init; }

    /// <summary>Null when no language model was asked.</summary>
    public SessionUsage? Usage { get; init; }

    /// <summary>An exchange that may be recorded again after a crash is kept once under this mark; empty: it is recorded once anyway.</summary>
    public string Once { get; init; } = "";

    /// <summary>When it was, for what is recorded long after; null: now.</summary>
    public DateTimeOffset? At { get; init; }
}
