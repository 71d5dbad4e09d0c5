using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Conversations;
using Betar.X402;

namespace Betar.Node.Configuration;

/// <summary>One agent as <c>agents.yaml</c> declares it, checked.</summary>
public sealed record AgentDeclaration
{
    /// <summary>Unique in the file; the agent's id is derived from it.</summary>
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>What one task costs, of an agent that is priced by tokens at most; zero is free. Default: zero, as in the original.</summary>
    public AtomicAmount Price { get; init; }

    /// <summary>What a million tokens cost. Default null: a task has one price.</summary>
    public TokenPrice? TokenPrice { get; init; }

    /// <summary>Who is paid; null: the node's wallet.</summary>
    public Address? PayTo { get; init; }

    public required ExecutorDeclaration Executor { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public Secret? ApiKey { get; init; }

    public Secret? OpenAiApiKey { get; init; }

    public string? OpenAiBaseUrl { get; init; }

    /// <summary>Kept from the original's files; registration on a chain is not part of this version.</summary>
    public bool OnChain { get; init; }

    /// <summary>False (<c>refundInterrupted: true</c>): a task that a crash interrupted is refunded, never run again.</summary>
    public bool MayRetry { get; init; } = true;

    /// <summary>Times that a task which failed is done again, where its executor may be repeated. 0 to 10; default 0.</summary>
    public int Retries { get; init; }

    /// <summary>Tasks that run at once. 1 to 10,000; default 64.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>Tasks that may wait; beyond it the agent is busy before anything is paid. 0 to 100,000; default 1,024.</summary>
    public int Queue { get; init; } = 1024;

    /// <summary>Longest that one task may take, in seconds; 0: as long as its caller waits. 0 to 86,400; default 0.</summary>
    public int TimeoutSeconds { get; init; }

    /// <summary>Exchanges that are remembered per caller, and the bytes of the summary of those before. Default: none.</summary>
    public MemoryPolicy Memory { get; init; }

    public IReadOnlyList<AgentSkill> Skills { get; init; } = [];

    /// <summary>What it may spend on other agents for one task. Default 0: it hires nobody.</summary>
    public AtomicAmount HirePerTask { get; init; }

    /// <summary>What it may spend on other agents within any rolling 24 hours. Default 0.</summary>
    public AtomicAmount HirePerDay { get; init; }

    /// <summary>True (<c>refund: keep</c>): the payment of a task that failed is kept. Default false.</summary>
    public bool KeepsFailed { get; init; }

    /// <summary>Where the declaration begins in its file, from 1.</summary>
    public int Line { get; init; }
}
