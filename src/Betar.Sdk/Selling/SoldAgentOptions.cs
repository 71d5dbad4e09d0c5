using Betar.Grains.Abstractions.Agents;

namespace Betar.Sdk.Selling;

/// <summary>What else an agent is, beside its name and price.</summary>
public sealed class SoldAgentOptions
{
    /// <summary>What buyers read of it. Default empty.</summary>
    public string Description { get; set; } = "";

    /// <summary>What it can do, with the schemas that a task is held to before it is paid. Default none: any text.</summary>
    public IList<AgentSkill> Skills { get; } = [];

    /// <summary>The same task twice does no harm: a crash is answered by another run in place of a refund. Default false.</summary>
    public bool Idempotent { get; set; }

    /// <summary>Who is paid; default the seller's own wallet.</summary>
    public string? PayTo { get; set; }

    /// <summary>Tasks at once. Range 1 to 10,000; default 64.</summary>
    public int Concurrency { get; set; } = 64;

    /// <summary>Tasks that may wait; beyond it the agent is busy, before anything is paid. Range 0 to 100,000; default 1,024.</summary>
    public int Queue { get; set; } = 1_024;

    /// <summary>Longest that one task may take, in seconds; 0: as long as its caller waits. Range 0 to 86,400; default 0.</summary>
    public int TimeoutSeconds { get; set; }

    /// <summary>Exchanges of each caller that the handler is shown again. Range 0 to 1,000; default 0: none.</summary>
    public int MemoryTurns { get; set; }

    /// <summary>What it may spend on other agents for one task, in USDC as decimal text. Default "0": it hires nobody.</summary>
    public string HirePerTask { get; set; } = "0";

    /// <summary>What it may spend on other agents within any 24 hours, in USDC as decimal text. Default "0".</summary>
    public string HirePerDay { get; set; } = "0";
}
