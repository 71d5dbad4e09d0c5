using Betar.Agents;
using Betar.Agents.Configuration;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Conversations;
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
        faults.AddRange(PriceFaults(spec));
        if (!Address.TryParse(spec.PayTo, out _))
            faults.Add($"payTo '{spec.PayTo}' is not an address");
        if (spec.MaxConcurrency is < 1 or > 10_000)
            faults.Add($"maxConcurrency {spec.MaxConcurrency} is not within 1 to 10000");
        if (spec.MaxQueue is < 0 or > 100_000)
            faults.Add($"maxQueue {spec.MaxQueue} is not within 0 to 100000");
        if (spec.Retries is < 0 or > 10)
            faults.Add($"retries {spec.Retries} is not within 0 to 10");
        if (spec.TimeoutSeconds is < 0 or > 86_400)
            faults.Add($"timeoutSeconds {spec.TimeoutSeconds} is not within 0 to 86400");
        if (spec.MemoryTurns is < 0 or > MemoryPolicy.MostTurns)
            faults.Add($"memoryTurns {spec.MemoryTurns} is not within 0 to 1000");
        if (spec.SummaryBytes is not (0 or (>= MemoryPolicy.LeastSummary and <= MemoryPolicy.MostSummary)))
            faults.Add($"summaryBytes {spec.SummaryBytes} is not 0, and not within {MemoryPolicy.LeastSummary} to {MemoryPolicy.MostSummary}");
        if (spec.SummaryBytes > 0 && (spec.MemoryTurns == 0 || !executors.CanCondense(spec.ExecutorKind)))
            faults.Add("a summary is made of remembered exchanges (memoryTurns) by the agent's own model, and is for an executor of kind llm");
        if (spec.RefundPolicy is not ("refund" or "keep"))
            faults.Add($"refundPolicy '{spec.RefundPolicy}' is neither refund nor keep");
        foreach (string amount in new[] { spec.HirePerTaskAtomic, spec.HirePerDayAtomic })
            if (!AtomicAmount.TryParse(amount, out _))
                faults.Add($"budget '{amount}' is not a whole number of atomic units");
        faults.AddRange(SkillCheck.FaultsOf(spec));
        faults.AddRange(executors.Check(spec.Executor).Select(fault =>
            (fault.Path.Length == 0 ? fault.Message : $"{spec.ExecutorKind}.{fault.Path}: {fault.Message}").TrimEnd('.')));

        return faults.Count == 0
            ? null
            : new Refusal { Code = RefusalCodes.AgentSpecInvalid, Message = $"Agent '{spec.Name}': {string.Join("; ", faults)}." };
    }

    private static IEnumerable<string> PriceFaults(AgentSpec spec)
    {
        bool isSaid = true;
        foreach (string price in new[] { spec.InputPriceAtomic, spec.OutputPriceAtomic })
            if (!AtomicAmount.TryParse(price, out AtomicAmount units) || units > TokenPrice.Most)
            {
                isSaid = false;
                yield return $"price '{price}' of a million tokens is not a whole number of atomic units up to {TokenPrice.Most}";
            }
        if (!isSaid || spec.TokenPrice is null)
            yield break;
        if (spec.PriceAtomic == "0")
            yield return "a price per token needs the most that a task costs";
        if (!ExecutorKinds.ReportsUsage(spec.ExecutorKind))
            yield return $"a price per token needs an executor that says what it used, and {spec.ExecutorKind} does not";
    }
}
