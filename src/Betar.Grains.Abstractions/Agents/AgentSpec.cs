using System.Globalization;
using Betar.Grains.Abstractions.Conversations;
using Betar.X402;

namespace Betar.Grains.Abstractions.Agents;

/// <summary>The declared state of one agent.</summary>
[GenerateSerializer, Immutable, Alias("betar.agent-spec")]
public sealed record AgentSpec
{
    /// <summary>The agent's DID: its id, its listing's id, its x402 resource.</summary>
    [Id(0)] public required string AgentId { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public string Description { get; init; } = "";

    /// <summary>Price of one task in atomic units, decimal text; "0" is free. Of an agent that is priced by tokens it is the most that a task costs.</summary>
    [Id(3)] public required string PriceAtomic { get; init; }

    /// <summary>Who is paid; EIP-55. May be a cold address.</summary>
    [Id(4)] public required string PayTo { get; init; }

    /// <summary>Kind of executor: builtin, llm, http, process, mcp or dotnet.</summary>
    [Id(5)] public required string ExecutorKind { get; init; }
    [Id(6)] public required string ExecutorTarget { get; init; }

    /// <summary>False makes a crash while executing end in a refund even when the executor could be run again.</summary>
    [Id(7)] public bool MayRetry { get; init; } = true;

    /// <summary>Tasks that run at once; range 1 to 10,000.</summary>
    [Id(8)] public int MaxConcurrency { get; init; } = 64;

    /// <summary>Tasks that may wait for a place; beyond it the agent is busy. Range 0 to 100,000.</summary>
    [Id(9)] public int MaxQueue { get; init; } = 1024;

    /// <summary>Times that a task which failed is done again before its payment goes back, where the executor may be repeated. Range 0 to 10.</summary>
    [Id(10)] public int Retries { get; init; }

    /// <summary>Settings of the executor: a JSON object with references to secrets, never a secret.</summary>
    [Id(11)] public string ExecutorConfig { get; init; } = "{}";

    /// <summary>Longest that one task may take, in seconds; 0: as long as its caller waits. Range 0 to 86,400.</summary>
    [Id(12)] public int TimeoutSeconds { get; init; }

    /// <summary>Exchanges that are remembered per caller and shown to the executor; 0: none. Range 0 to 1,000.</summary>
    [Id(13)] public int MemoryTurns { get; init; }

    /// <summary>What it can do, as its listing says it.</summary>
    [Id(14)] public List<AgentSkill> Skills { get; init; } = [];

    /// <summary>What it may spend on other agents for one task, atomic units; "0": it hires nobody.</summary>
    [Id(15)] public string HirePerTaskAtomic { get; init; } = "0";

    /// <summary>What it may spend on other agents within any rolling 24 hours, atomic units.</summary>
    [Id(16)] public string HirePerDayAtomic { get; init; } = "0";

    /// <summary>"refund" or "keep": what happens to the payment of a task that failed. Default refund.</summary>
    [Id(17)] public string RefundPolicy { get; init; } = "refund";

    /// <summary>True: declared while the node ran, and kept until it is retired. False: kept as long as the operator's file or program declares it.</summary>
    [Id(18)] public bool IsKept { get; init; }

    /// <summary>Most bytes of the summary of what falls out of the remembered exchanges; 0: it is forgotten. 0, or 256 to 16,384.</summary>
    [Id(19)] public int SummaryBytes { get; init; }

    /// <summary>Price of a million tokens that a task puts in, atomic units; "0": they are free.</summary>
    [Id(20)] public string InputPriceAtomic { get; init; } = "0";

    /// <summary>Price of a million tokens that come out, atomic units; "0": they are free. With both "0" the price is for the task.</summary>
    [Id(21)] public string OutputPriceAtomic { get; init; } = "0";

    public bool KeepsFailed => RefundPolicy == "keep";

    public MemoryPolicy Memory => new(MemoryTurns, SummaryBytes);

    public AtomicAmount Price => AtomicAmount.Parse(PriceAtomic);

    /// <summary>Null: a task has one price, whatever it takes.</summary>
    public TokenPrice? TokenPrice => InputPriceAtomic == "0" && OutputPriceAtomic == "0"
        ? null
        : new TokenPrice(ulong.Parse(InputPriceAtomic, CultureInfo.InvariantCulture), ulong.Parse(OutputPriceAtomic, CultureInfo.InvariantCulture));

    private (string, string, string, string, string, string, string, string, string, bool, int, int) First =>
        (AgentId, Name, Description, PriceAtomic, InputPriceAtomic, OutputPriceAtomic, PayTo, ExecutorKind, ExecutorTarget, MayRetry, MaxConcurrency, MaxQueue);

    private (int, string, int, MemoryPolicy, string, string, string, bool) Second =>
        (Retries, ExecutorConfig, TimeoutSeconds, Memory, HirePerTaskAtomic, HirePerDayAtomic, RefundPolicy, IsKept);

    /// <summary>By value, the skills too: a spec that was stored and read again is the same.</summary>
    public bool Equals(AgentSpec? other) => other is not null && First == other.First && Second == other.Second && Skills.SequenceEqual(other.Skills);

    public override int GetHashCode() => HashCode.Combine(First, Second, Skills.Count);
}
