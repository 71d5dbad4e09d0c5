using System.Globalization;
using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Storage.Sessions;

namespace Betar.Grains.Fleet;

/// <summary>What a task used of models, from the executor to the result and on to the session log.</summary>
internal static class TaskUsages
{
    public static TaskUsage? Of(ModelUsage? usage) => usage is null ? null : new TaskUsage
    {
        Model = usage.Model,
        Calls = usage.Calls,
        InputTokens = usage.InputTokens,
        OutputTokens = usage.OutputTokens,
        CostAtomic = usage.CostAtomic.ToString(CultureInfo.InvariantCulture),
    };

    public static SessionUsage? Of(TaskUsage? usage) =>
        usage is null ? null : new SessionUsage(usage.Model, usage.Calls, usage.InputTokens, usage.OutputTokens, usage.CostAtomic);
}
