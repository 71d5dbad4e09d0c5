using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Results;

namespace Betar.Cluster.Tests.Fleet;

/// <summary>Answers that come in pieces, from the agent's silo to whoever reads.</summary>
public sealed class StreamedTaskTests
{
    [Fact]
    public async Task Pieces_come_before_the_answer_is_ready_and_the_result_comes_last()
    {
        var gate = new TaskCompletionSource();
        (World world, TestExecutor _) = await World.WithAgentAsync(new TestExecutor(async (request, _) =>
        {
            await request.Partial!("one ");
            await gate.Task;
            await request.Partial("two");
            return ExecutionOutcome.Ok("one two") with { Usage = new ModelUsage("m", 1, 10, 2) { CostAtomic = 7 } };
        }));
        await using World __ = world;
        await using IAsyncEnumerator<AgentTaskPiece> pieces = Start(world).GetAsyncEnumerator();

        Assert.True(await pieces.MoveNextAsync());
        Assert.Equal("one ", pieces.Current.Text);
        gate.SetResult();
        Assert.True(await pieces.MoveNextAsync());
        Assert.Equal("two", pieces.Current.Text);
        Assert.True(await pieces.MoveNextAsync());
        Assert.Equal("one two", pieces.Current.Result?.Output);
        Assert.Equal(new TaskUsage { Model = "m", Calls = 1, InputTokens = 10, OutputTokens = 2, CostAtomic = "7" }, pieces.Current.Result?.Usage);
        Assert.False(await pieces.MoveNextAsync());
    }

    [Fact]
    public async Task A_failure_is_the_last_piece()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(new TestExecutor(async (request, _) =>
        {
            await request.Partial!("half");
            return ExecutionOutcome.Failed(ExecutionCodes.ModelUnavailable, "It broke.");
        }));
        await using World __ = world;
        List<AgentTaskPiece> pieces = [];
        await foreach (AgentTaskPiece piece in Start(world))
            pieces.Add(piece);

        Assert.Equal(["half", ""], pieces.Select(piece => piece.Text));
        Assert.Equal((false, ExecutionCodes.ModelUnavailable), (pieces[^1].Result!.Succeeded, pieces[^1].Result!.Code));
    }

    [Fact]
    public async Task Who_stops_reading_stops_the_task()
    {
        var stopped = new TaskCompletionSource();
        (World world, TestExecutor _) = await World.WithAgentAsync(new TestExecutor(async (request, cancellation) =>
        {
            await using CancellationTokenRegistration heard = cancellation.Register(stopped.SetResult);
            await request.Partial!("one");
            await stopped.Task;
            return ExecutionOutcome.Ok("late");
        }));
        await using World __ = world;
        await foreach (AgentTaskPiece piece in Start(world))
            break;

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Nobody_who_does_not_listen_costs_the_executor_pieces()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(new TestExecutor((request, _) => Task.FromResult(ExecutionOutcome.Ok($"{request.Partial is null}"))));
        await using World __ = world;

        Assert.Equal("True", (await world.Grains.GetGrain<IAgentGrain>(World.Agent).Run(Ask("x"), CancellationToken.None)).Output);
    }

    [Fact]
    public async Task A_busy_agent_says_when_to_come_again()
    {
        var gate = new TaskCompletionSource();
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Gated(gate.Task));
        await using World __ = world;
        await world.DeclareAsync(World.Spec(world) with { MaxConcurrency = 1, MaxQueue = 0 });
        IAgentGrain agent = world.Grains.GetGrain<IAgentGrain>(World.Agent);
        Task<AgentTaskResult> first = agent.Run(Ask("x"), CancellationToken.None);
        while ((await agent.GetStatus()).Running == 0)
            await Task.Yield();

        AgentTaskResult second = await agent.Run(Ask("y"), CancellationToken.None);
        Assert.Equal((RefusalCodes.Busy, 2, "The agent's queue is full; ask again in 2 s."), (second.Code, second.RetryAfterSeconds, second.Reason));
        gate.SetResult();
        Assert.True((await first).Succeeded);
    }

    private static AgentTask Ask(string input) => new() { Input = input, Caller = "test", Order = "" };

    private static IAsyncEnumerable<AgentTaskPiece> Start(World world) =>
        world.Grains.GetGrain<IAgentGrain>(World.Agent).RunStreamed(Ask("x"), CancellationToken.None);
}
