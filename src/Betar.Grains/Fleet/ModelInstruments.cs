using System.Diagnostics.Metrics;
using Betar.Agents;

namespace Betar.Grains.Fleet;

/// <summary>What agents use of language models, on the meter "Betar".</summary>
internal static class ModelInstruments
{
    private static readonly Meter s_meter = new("Betar");

    private static readonly Counter<long> s_calls = s_meter.CreateCounter<long>(
        "betar.models.calls", description: "Calls of language models, failed ones included, by use: task or summary.");

    private static readonly Counter<long> s_tokens = s_meter.CreateCounter<long>(
        "betar.models.tokens", description: "Tokens as the endpoints count them, by use and by kind: input or output.");

    private static readonly Counter<long> s_cost = s_meter.CreateCounter<long>(
        "betar.models.cost", description: "What the models cost by the prices of the agents' settings, in millionths of a USD, by use.");

    public static void OnUsage(ModelUsage usage, string use)
    {
        var tag = new KeyValuePair<string, object?>("use", use);
        s_calls.Add(usage.Calls, tag);
        s_tokens.Add(usage.InputTokens, tag, new KeyValuePair<string, object?>("kind", "input"));
        s_tokens.Add(usage.OutputTokens, tag, new KeyValuePair<string, object?>("kind", "output"));
        s_cost.Add(usage.CostAtomic, tag);
    }
}
