using Betar.Storage.Agents;

namespace Betar.Storage.Tests.Agents;

public sealed class MemoryAgentTableTests : AgentTableTests
{
    protected override IAgentTable Table { get; } = new MemoryAgentTable();
}
