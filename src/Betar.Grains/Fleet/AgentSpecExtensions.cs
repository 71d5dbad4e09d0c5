using Betar.Agents;
using Betar.Grains.Abstractions.Agents;

namespace Betar.Grains.Fleet;

/// <summary>What the fleet reads out of a spec.</summary>
internal static class AgentSpecExtensions
{
    extension(AgentSpec spec)
    {
        public ExecutorSpec Executor => new(spec.ExecutorKind, spec.ExecutorTarget, spec.ExecutorConfig, spec.Description);
    }
}
