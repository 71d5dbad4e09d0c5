using Betar.Ethereum;
using Betar.X402;

namespace Betar.Node.Configuration;

/// <summary>One agent as <c>agents.yaml</c> declares it, checked.</summary>
public sealed record AgentDeclaration
{
    /// <summary>Unique in the file; the agent's id is derived from it.</summary>
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>What one task costs; zero is free. Default: zero, as in the original.</summary>
    public AtomicAmount Price { get; init; }

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

    /// <summary>Where the declaration begins in its file, from 1.</summary>
    public int Line { get; init; }
}
