using Betar.X402;

namespace Betar.Sdk.Selling;

/// <summary>An agent of this program, as it is declared.</summary>
internal sealed record SoldAgent(string Name, AtomicAmount Price, AgentHandler Handler, SoldAgentOptions Options);
