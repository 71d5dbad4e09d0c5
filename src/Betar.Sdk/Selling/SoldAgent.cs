using Betar.X402;

namespace Betar.Sdk.Selling;

/// <summary>An agent of this program, as it is declared.</summary>
internal sealed record SoldAgent(string Name, AtomicAmount Price, AgentHandler Handler, SoldAgentOptions Options)
{
    /// <summary>What it may spend on others for one task.</summary>
    public AtomicAmount HirePerTask { get; init; }

    /// <summary>What it may spend on others within a day.</summary>
    public AtomicAmount HirePerDay { get; init; }
}
