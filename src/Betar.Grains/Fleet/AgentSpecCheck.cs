using Betar.Agents;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.X402;

namespace Betar.Grains.Fleet;

/// <summary>Finds everything that is wrong with a declared agent before any of it is kept.</summary>
internal static class AgentSpecCheck
{
    public const int MaxNameLength = 256;

    public static Refusal? Find(AgentSpec spec, IExecutorFactory executors)
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(spec.AgentId) || spec.AgentId.Length > MaxNameLength)
            faults.Add($"the agent id must have 1 to {MaxNameLength} characters");
        if (AgentName.Id(spec.AgentId) != spec.AgentId)
            faults.Add($"agent id '{spec.AgentId}' has a slash, which parts a peer from an agent");
        if (string.IsNullOrWhiteSpace(spec.Name) || spec.Name.Length > MaxNameLength)
            faults.Add($"the name must have 1 to {MaxNameLength} characters");
        if (!AtomicAmount.TryParse(spec.PriceAtomic, out _))
            faults.Add($"price '{spec.PriceAtomic}' is not a whole number of atomic units");
        if (!Address.TryParse(spec.PayTo, out _))
            faults.Add($"payTo '{spec.PayTo}' is not an address");
        if (spec.MaxConcurrency is < 1 or > 10_000)
            faults.Add($"maxConcurrency {spec.MaxConcurrency} is not within 1 to 10000");
        if (spec.MaxQueue is < 0 or > 100_000)
            faults.Add($"maxQueue {spec.MaxQueue} is not within 0 to 100000");
        if (spec.Retries is < 0 or > 10)
            faults.Add($"retries {spec.Retries} is not within 0 to 10");
        if (executors.Create(spec.Executor) is null)
            faults.Add($"there is no executor '{spec.ExecutorKind}: {spec.ExecutorTarget}'");

        return faults.Count == 0
            ? null
            : new Refusal { Code = RefusalCodes.AgentSpecInvalid, Message = $"Agent '{spec.Name}': {string.Join("; ", faults)}." };
    }
}
