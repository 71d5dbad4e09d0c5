using System.Collections.Concurrent;
using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Conversations;

namespace Betar.Cluster.Tests.Conversations;

/// <summary>What falls out of an agent's memory goes into a summary, beside the buyer's way.</summary>
public sealed class SummaryTests
{
    private readonly ConcurrentQueue<string> _shown = [];
    private readonly ConcurrentQueue<string> _asked = [];
    private volatile Func<CondenseRequest, CancellationToken, Task<ExecutionOutcome>> _model;

    public SummaryTests() => _model = (request, _) => Task.FromResult(ExecutionOutcome.Ok($"{request.Summary}+{Inputs(request.Turns)}"));

    [Fact]
    public async Task What_falls_out_is_condensed_for_each_caller_apart_and_survives_a_restart()
    {
        await using World world = await StartAsync(turns: 2);
        foreach (string task in new[] { "a1", "a2", "a3" })
            await RunAsync(world, task, "peer-a");
        await UntilAsync(world, "peer-a", "+a1");
        await RunAsync(world, "b1", "peer-b");
        await world.RestartAsync();
        await RunAsync(world, "a4", "peer-a");
        await UntilAsync(world, "peer-a", "+a1+a2");
        await RunAsync(world, "a5", "peer-a");

        Assert.Equal(["|", "|a1", "|a1 a2", "|", "+a1|a2 a3", "+a1+a2|a3 a4"], _shown);
    }

    [Fact]
    public async Task The_buyer_does_not_wait_for_it()
    {
        var gate = new TaskCompletionSource<ExecutionOutcome>();
        _model = (_, _) => gate.Task;
        await using World world = await StartAsync(turns: 1);
        await RunAsync(world, "1");
        Assert.True((await RunAsync(world, "2")).Succeeded);
        Assert.True((await RunAsync(world, "3")).Succeeded);
        Assert.Equal(1, (await Agent(world).GetStatus()).Summarising);

        gate.SetResult(ExecutionOutcome.Ok("one"));
        await UntilAsync(world, "peer-a", "one");
        await RunAsync(world, "4");
        Assert.Equal(["|", "|1", "|2", "one|3"], _shown);
        Assert.Equal([":1", "one:2 3"], _asked);
    }

    [Theory]
    [InlineData("fails")]
    [InlineData("throws")]
    [InlineData("says too much")]
    public async Task A_summary_that_cannot_be_made_leaves_a_window_and_is_made_later(string fault)
    {
        var good = _model;
        _model = (_, _) => fault switch
        {
            "throws" => throw new InvalidOperationException("A bug."),
            "fails" => Task.FromResult(ExecutionOutcome.Failed("No.")),
            _ => Task.FromResult(ExecutionOutcome.Ok(new string('x', 257))),
        };
        await using World world = await StartAsync(turns: 2);
        for (int i = 1; i <= 8; i++)
        {
            Assert.True((await RunAsync(world, $"{i}")).Succeeded);
            await UntilIdleAsync(world);
        }
        Assert.Equal(["|", "|1", "|1 2", "|2 3", "|3 4", "|4 5", "|5 6", "|6 7"], _shown);

        // Three windows wait; what was before them is lost.
        _model = good;
        await RunAsync(world, "9");
        await UntilAsync(world, "peer-a", "+4 5 6 7");
    }

    [Fact]
    public async Task Who_is_forgotten_while_it_is_made_stays_forgotten()
    {
        var gate = new TaskCompletionSource<ExecutionOutcome>();
        _model = (_, _) => gate.Task;
        await using World world = await StartAsync(turns: 1);
        await RunAsync(world, "1");
        await RunAsync(world, "2");
        Assert.True(await Conversation(world, "peer-a").Forget());
        await RunAsync(world, "3");
        gate.SetResult(ExecutionOutcome.Ok("one"));
        await UntilIdleAsync(world);

        Recollection known = await Conversation(world, "peer-a").Recall(new MemoryPolicy(10, 256));
        Assert.Equal(("", "3"), (known.Summary, string.Join(' ', known.Turns.Select(turn => turn.Input))));
    }

    [Fact]
    public async Task A_summary_alone_is_forgotten_too()
    {
        await using World world = await StartAsync(turns: 1);
        await RunAsync(world, "1");
        await RunAsync(world, "2");
        await UntilAsync(world, "peer-a", "+1");

        Assert.True(await Conversation(world, "peer-a").Forget());
        await world.RestartAsync();
        await RunAsync(world, "3");
        Assert.Equal("|", _shown.Last());
    }

    [Fact]
    public async Task A_silo_that_dies_meanwhile_loses_nothing()
    {
        var never = new TaskCompletionSource<ExecutionOutcome>();
        var good = _model;
        _model = (_, _) => never.Task;
        await using World world = await StartAsync(turns: 1);
        await RunAsync(world, "1");
        await RunAsync(world, "2");
        await world.RestartAsync();
        _model = good;
        await RunAsync(world, "3");

        await UntilAsync(world, "peer-a", "+1 2");
        Assert.Equal(["|", "|1", "|2"], _shown);
    }

    [Fact]
    public async Task What_it_costs_is_on_the_agents_meter()
    {
        _model = (_, _) => Task.FromResult(ExecutionOutcome.Ok("s") with { Usage = new ModelUsage("small", 1, 100, 20) { CostAtomic = 7 } });
        await using World world = await StartAsync(turns: 1, new ModelUsage("large", 1, 10, 5) { CostAtomic = 3 });
        AgentTaskResult first = await RunAsync(world, "1"), second = await RunAsync(world, "2");
        await UntilAsync(world, "peer-a", "s");

        Assert.Equal(("3", "3"), (first.Usage!.CostAtomic, second.Usage!.CostAtomic));
        TaskUsage total = (await Agent(world).GetStatus()).Usage!;
        Assert.Equal((3, 120L, 30L, "13"), (total.Calls, total.InputTokens, total.OutputTokens, total.CostAtomic));
    }

    [Fact]
    public async Task No_more_are_made_at_once_than_may_be()
    {
        var gate = new TaskCompletionSource<ExecutionOutcome>();
        _model = (_, _) => gate.Task;
        await using World world = await StartAsync(turns: 1);
        for (int i = 0; i < 12; i++)
            await RunAsync(world, "t", $"peer-{i / 2}");

        Assert.Equal((4, 4), ((await Agent(world).GetStatus()).Summarising, _asked.Count));
        gate.SetResult(ExecutionOutcome.Ok("s"));
        await UntilIdleAsync(world);
    }

    [Fact]
    public async Task An_agent_that_has_only_a_window_again_has_no_summary_any_more()
    {
        await using World world = await StartAsync(turns: 1);
        await RunAsync(world, "1");
        await RunAsync(world, "2");
        await UntilAsync(world, "peer-a", "+1");
        await world.DeclareAsync(World.Spec(world, price: 0) with { MemoryTurns = 1 });
        await RunAsync(world, "3");
        await world.DeclareAsync(World.Spec(world, price: 0) with { MemoryTurns = 1, SummaryBytes = 256 });
        await RunAsync(world, "4");

        Assert.Equal(["|", "|1", "|2", "|3"], _shown);
    }

    private async Task<World> StartAsync(int turns, ModelUsage? usage = null)
    {
        World world = await World.StartAsync();
        world.Executors.Add("work", new TestExecutor((request, _) =>
        {
            _shown.Enqueue($"{request.Summary}|{Inputs(request.Memory)}");
            return Task.FromResult(ExecutionOutcome.Ok("ok") with { Usage = usage });
        })
        {
            Condense = (request, cancellation) =>
            {
                Assert.Equal(256, request.MaxBytes);
                _asked.Enqueue($"{request.Summary}:{Inputs(request.Turns)}");
                return _model(request, cancellation);
            },
        });
        await world.DeclareAsync(World.Spec(world, price: 0) with { MemoryTurns = turns, SummaryBytes = 256 });
        return world;
    }

    private static string Inputs(IEnumerable<ConversationTurn> turns) => string.Join(' ', turns.Select(turn => turn.Input));

    private static Task<AgentTaskResult> RunAsync(World world, string input, string caller = "peer-a") =>
        Agent(world).Run(new AgentTask { Input = input, Caller = "claimed", Order = "", Remembered = caller }, CancellationToken.None);

    private static IAgentGrain Agent(World world) => world.Grains.GetGrain<IAgentGrain>(World.Agent);

    private static IConversationGrain Conversation(World world, string caller) => world.Grains.GetGrain<IConversationGrain>(IConversationGrain.Key(World.Agent, caller));

    private static async Task UntilAsync(World world, string caller, string summary)
    {
        await UntilIdleAsync(world);
        Assert.Equal(summary, (await Conversation(world, caller).Recall(new MemoryPolicy(1, 256))).Summary);
    }

    private static async Task UntilIdleAsync(World world)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await Agent(world).GetStatus()).Summarising > 0)
            limit.Token.ThrowIfCancellationRequested();
    }
}
