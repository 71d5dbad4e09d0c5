using System.Globalization;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Configuration;

namespace Betar.Node.Composition;

/// <summary>From a declaration in a file to the spec that the fleet keeps.</summary>
internal static class AgentSpecs
{
    public static AgentSpec Of(AgentDeclaration declaration, string agentId, string payee) => new()
    {
        AgentId = agentId,
        Name = declaration.Name,
        Description = declaration.Description,
        PriceAtomic = declaration.Price.ToString(),
        InputPriceAtomic = declaration.TokenPrice?.Input.ToString(CultureInfo.InvariantCulture) ?? "0",
        OutputPriceAtomic = declaration.TokenPrice?.Output.ToString(CultureInfo.InvariantCulture) ?? "0",
        PayTo = declaration.PayTo?.ToString() ?? payee,
        ExecutorKind = declaration.Executor.Kind,
        ExecutorTarget = declaration.Executor.Name,
        ExecutorConfig = declaration.Executor.Settings,
        MayRetry = declaration.MayRetry,
        Retries = declaration.Retries,
        MaxConcurrency = declaration.Concurrency,
        MaxQueue = declaration.Queue,
        TimeoutSeconds = declaration.TimeoutSeconds,
        MemoryTurns = declaration.Memory.Turns,
        SummaryBytes = declaration.Memory.SummaryBytes,
        Skills = [.. declaration.Skills],
        HirePerTaskAtomic = declaration.HirePerTask.ToString(),
        HirePerDayAtomic = declaration.HirePerDay.ToString(),
        RefundPolicy = declaration.KeepsFailed ? "keep" : "refund",
    };
}
