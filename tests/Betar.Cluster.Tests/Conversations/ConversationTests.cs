using System.Collections.Concurrent;
using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Conversations;

namespace Betar.Cluster.Tests.Conversations;

public sealed class ConversationTests
{
    private readonly ConcurrentQueue<string> _remembered = [];

    [Fact]
    public async Task An_agent_remembers_each_caller_apart_and_after_a_restart()
    {
        await using World world = await StartAsync(turns: 2);
        await RunAsync(world, "a1", "peer-a");
        await RunAsync(world, "b1", "peer-b");
        await RunAsync(world, "a2", "peer-a");
        await world.RestartAsync();
        await RunAsync(world, "a3", "peer-a");
        await RunAsync(world, "a4", "peer-a");

        Assert.Equal(["", "", "a1", "a1 a2", "a2 a3"], _remembered);
    }

    [Fact]
    public async Task Who_is_not_proven_is_not_remembered()
    {
        await using World world = await StartAsync(turns: 2);
        await RunAsync(world, "1", "");
        await RunAsync(world, "2", "");

        Assert.Equal(["", ""], _remembered);
    }

    [Fact]
    public async Task An_agent_without_memory_remembers_nobody()
    {
        await using World world = await StartAsync(turns: 0);
        await RunAsync(world, "1", "peer-a");
        await RunAsync(world, "2", "peer-a");

        Assert.Equal(["", ""], _remembered);
    }

    [Fact]
    public async Task What_is_forgotten_stays_forgotten()
    {
        await using World world = await StartAsync(turns: 2);
        await RunAsync(world, "1", "peer-a");
        await RunAsync(world, "2", "peer-b");
        IConversationGrain conversation = world.Grains.GetGrain<IConversationGrain>(IConversationGrain.Key(World.Agent, "peer-a"));

        Assert.True(await conversation.Forget());
        Assert.False(await conversation.Forget());
        await world.RestartAsync();
        await RunAsync(world, "3", "peer-a");
        await RunAsync(world, "4", "peer-b");
        Assert.Equal(["", "", "", "2"], _remembered);
    }

    [Fact]
    public async Task A_paying_caller_is_known_by_its_wallet_whatever_it_calls_itself()
    {
        await using World world = await StartAsync(turns: 2, World.Price);
        TestBuyer first = await world.BuyerAsync(), second = await world.BuyerAsync();
        await first.BuyAsync("1");
        await second.BuyAsync("2");
        await first.BuyAsync("3");

        Assert.Equal(["", "", "1"], _remembered);
    }

    [Fact]
    public async Task A_task_that_failed_is_not_remembered()
    {
        await using World world = await StartAsync(turns: 2, answer: input => input == "bad" ? ExecutionOutcome.Failed("No.") : ExecutionOutcome.Ok("ok"));
        await RunAsync(world, "bad", "peer-a");
        await RunAsync(world, "good", "peer-a");

        Assert.Equal(["", ""], _remembered);
    }

    private async Task<World> StartAsync(int turns, ulong price = 0, Func<string, ExecutionOutcome>? answer = null)
    {
        World world = await World.StartAsync();
        world.Executors.Add("work", new TestExecutor((request, _) =>
        {
            _remembered.Enqueue(string.Join(' ', request.Memory.Select(turn => turn.Input)));
            return Task.FromResult(answer?.Invoke(request.Input) ?? ExecutionOutcome.Ok("ok"));
        }));
        await world.DeclareAsync(World.Spec(world, price: price) with { MemoryTurns = turns });
        return world;
    }

    private static Task<AgentTaskResult> RunAsync(World world, string input, string caller) => world.Grains.GetGrain<IAgentGrain>(World.Agent)
        .Run(new AgentTask { Input = input, Caller = "claimed", Order = "", Remembered = caller }, CancellationToken.None);
}
