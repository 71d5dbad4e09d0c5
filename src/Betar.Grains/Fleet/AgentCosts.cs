using System.Globalization;
using Betar.Agents;
using Betar.Grains.Abstractions.Agents;

namespace Betar.Grains.Fleet;

/// <summary>The meter of what one agent has used of language models since it began: for tasks, and for what is done beside them.</summary>
internal sealed class AgentCosts
{
    public const string ForTasks = "task";
    public const string ForSummaries = "summary";

    private string _model = "";
    private int _calls;
    private long _input;
    private long _output;
    private long _cost;

    /// <summary>Null: no language model was ever asked.</summary>
    public TaskUsage? Total => _calls == 0 ? null : new TaskUsage
    {
        Model = _model,
        Calls = _calls,
        InputTokens = _input,
        OutputTokens = _output,
        CostAtomic = _cost.ToString(CultureInfo.InvariantCulture),
    };

    /// <param name="usage">Null: none was asked.</param>
    /// <param name="use"><see cref="ForTasks"/> or <see cref="ForSummaries"/>.</param>
    public void Add(ModelUsage? usage, string use)
    {
        if (usage is null)
            return;
        if (usage.Model.Length > 0)
            _model = usage.Model;

        // Numbers of strangers' endpoints: they stop at the most there is.
        _calls = int.CreateSaturating((long)_calls + usage.Calls);
        _input = Sum(_input, usage.InputTokens);
        _output = Sum(_output, usage.OutputTokens);
        _cost = Sum(_cost, usage.CostAtomic);
        ModelInstruments.OnUsage(usage, use);
    }

    private static long Sum(long left, long right) => long.CreateSaturating((Int128)left + right);
}
