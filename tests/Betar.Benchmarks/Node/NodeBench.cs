using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Node;

/// <summary>One operator's node from end to end: what a task takes with and without money, how many agents fit, how soon it sells, and how soon again.</summary>
internal sealed class NodeBench : IBench
{
    public const string Agents = "agents";
    public const string Minutes = "minutes";

    private static readonly (string Name, Func<BenchContext, Task> AddAsync)[] s_parts =
    [
        (TaskFigures.Part, TaskFigures.AddAsync),
        (FreeFigures.Part, FreeFigures.AddAsync),
        (OverheadFigures.Part, OverheadFigures.AddAsync),
        (AgentFigures.Part, AgentFigures.AddAsync),
        (SaleFigures.Part, SaleFigures.AddAsync),
        (FailoverFigures.Part, FailoverFigures.AddAsync),
        (MemoryFigures.Part, MemoryFigures.AddAsync),
    ];

    public string Name => "node";

    public string Summary => "a task with and without payment, stage by stage; 100,000 agents; start to first sale; fail-over; memory under load";

    public IReadOnlyList<string> Parts { get; } = [.. s_parts.Select(part => part.Name)];

    public IReadOnlyList<string> Numbers => [Agents, Minutes];

    public async Task RunAsync(BenchContext context)
    {
        foreach ((string name, Func<BenchContext, Task> addAsync) in s_parts)
        {
            if (context.Wants(name))
                await addAsync(context);
        }
    }
}
