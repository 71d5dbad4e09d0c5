using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Results;

namespace Betar.Cluster.Tests.Fleet;

public sealed class FleetTests
{
    [Fact]
    public async Task All_faults_of_a_declaration_are_reported_together_and_nothing_is_kept()
    {
        await using World world = await World.StartAsync();

        Outcome<AgentSpec> refused = await world.Fleet.Declare(new AgentSpec
        {
            AgentId = "", Name = " ", PriceAtomic = "1.5", PayTo = "nobody", ExecutorKind = "builtin", ExecutorTarget = "none",
            MaxConcurrency = 0, MaxQueue = -1,
        });

        Assert.Equal(RefusalCodes.AgentSpecInvalid, refused.Refusal?.Code);
        foreach (string fault in new[] { "agent id", "name", "price '1.5'", "payTo 'nobody'", "maxConcurrency 0", "maxQueue -1", "builtin: none" })
            Assert.Contains(fault, refused.Refusal!.Message, StringComparison.Ordinal);
        Assert.Empty(await world.Fleet.List());
        Assert.Empty(world.Offers.All);
    }

    [Fact]
    public async Task What_is_declared_is_listed_sold_and_found_again_after_a_restart()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        AgentSpec second = World.Spec(world, "did:test:second", price: 5);
        await world.DeclareAsync(second);

        await world.RestartAsync();

        Assert.Equal([World.Spec(world), second], await world.Fleet.List());
        Assert.Equal(second, (await world.Grains.GetGrain<IAgentGrain>(second.AgentId).GetStatus()).Spec);
        TestBuyer buyer = await world.BuyerAsync();
        Answers.Delivered(await buyer.BuyAsync("hi", second.AgentId), "did: hi");
        Assert.Equal(999_995ul, await buyer.BalanceAsync());
    }

    [Fact]
    public async Task Many_are_declared_at_once_and_each_is_listed_sold_and_at_work()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        AgentSpec[] many = [.. Enumerable.Range(0, 50).Select(n => World.Spec(world, $"did:test:{n:D2}", price: 5))];

        Outcome<int> declared = await world.Fleet.DeclareAll([.. many]);

        Assert.Equal((50, null), (declared.Value, declared.Refusal));
        Assert.Equal([World.Spec(world), .. many], (await world.Fleet.List()).OrderBy(spec => spec.AgentId != World.Agent).ThenBy(spec => spec.AgentId, StringComparer.Ordinal));
        TestBuyer buyer = await world.BuyerAsync();
        Answers.Delivered(await buyer.BuyAsync("hi", many[49].AgentId), "did: hi");
    }

    [Fact]
    public async Task Of_many_only_what_is_new_or_has_changed_is_counted_and_who_is_at_work_hears_of_it()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        IAgentGrain agent = world.Grains.GetGrain<IAgentGrain>(World.Agent);
        Assert.Equal(World.Spec(world), (await agent.GetStatus()).Spec);
        AgentSpec dearer = World.Spec(world, price: 7_777), second = World.Spec(world, "did:test:second");

        Assert.Equal(2, (await world.Fleet.DeclareAll([dearer, second])).Value);
        Assert.Equal(0, (await world.Fleet.DeclareAll([dearer, second])).Value);

        Assert.Equal(dearer, (await agent.GetStatus()).Spec);
        Assert.True(world.Offers.TryGet(World.Agent, out AgentSpec? offered));
        Assert.Equal(dearer, offered);
    }

    [Fact]
    public async Task One_of_many_that_is_ill_formed_keeps_all_of_them_out()
    {
        await using World world = await World.StartAsync();

        Outcome<int> refused = await world.Fleet.DeclareAll([World.Spec(world, "did:test:good"), World.Spec(world, "did:test:bad") with { MaxConcurrency = 0 }]);

        Assert.Equal(RefusalCodes.AgentSpecInvalid, refused.Refusal?.Code);
        Assert.Empty(await world.Fleet.List());
        Assert.Empty(world.Offers.All);
    }

    [Fact]
    public async Task Who_was_asked_before_it_was_declared_works_afterwards()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        IAgentGrain agent = world.Grains.GetGrain<IAgentGrain>("did:test:early");
        var task = new AgentTask { Input = "hi", Caller = "test", Order = "" };
        Assert.Equal(RefusalCodes.UnknownAgent, (await agent.Run(task, default)).Code);

        await world.Fleet.DeclareAll([World.Spec(world, "did:test:early")]);

        Assert.Equal("did: hi", (await agent.Run(task, default)).Output);
    }

    [Fact]
    public async Task Declaring_again_replaces()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        AgentSpec dearer = World.Spec(world, price: 7_777) with { Description = "better" };

        await world.DeclareAsync(dearer);

        Assert.Equal([dearer], await world.Fleet.List());
        Assert.True(world.Offers.TryGet(World.Agent, out AgentSpec? offered));
        Assert.Equal(dearer, offered);
    }

    [Fact]
    public async Task A_retired_agent_is_gone_everywhere_and_retires_once()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;

        Assert.True(await world.Fleet.Retire(World.Agent));
        Assert.False(await world.Fleet.Retire(World.Agent));

        Assert.Empty(await world.Fleet.List());
        Assert.Empty(world.Offers.All);
        AgentTaskResult result = await Run(world, World.Agent, "x");
        Assert.Equal((false, RefusalCodes.UnknownAgent), (result.Succeeded, result.Code));
        await world.RestartAsync();
        Assert.Empty(await world.Fleet.List());
        Assert.Equal(0, executor.Starts);
    }

    [Fact]
    public async Task An_agent_runs_no_more_at_once_than_its_limit_and_queues_the_rest()
    {
        var gate = new TaskCompletionSource();
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Gated(gate.Task));
        await using World _ = world;
        await world.DeclareAsync(World.Spec(world) with { MaxConcurrency = 3, MaxQueue = 4 });

        List<Task<AgentTaskResult>> runs = [.. Enumerable.Range(0, 10).Select(i => Run(world, World.Agent, $"{i}"))];
        List<Task<AgentTaskResult>> busy = [];
        while (busy.Count < 3)
        {
            Task<AgentTaskResult> done = await Task.WhenAny(runs.Except(busy));
            busy.Add(done);
        }
        AgentStatus status = await world.Grains.GetGrain<IAgentGrain>(World.Agent).GetStatus();
        gate.SetResult();
        AgentTaskResult[] results = await Task.WhenAll(runs);

        Assert.Equal((3, 4), (status.Running, status.Waiting));
        Assert.Equal(3, results.Count(result => result.Code == RefusalCodes.Busy));
        Assert.Equal(7, results.Count(result => result.Succeeded));
        Assert.Equal((7, 3), (executor.Starts, executor.MostAtOnce));
    }

    [Fact]
    public async Task A_place_is_given_back_when_a_task_fails_or_throws()
    {
        int calls = 0;
        (World world, TestExecutor executor) = await World.WithAgentAsync(new TestExecutor((request, _) => Interlocked.Increment(ref calls) switch
        {
            1 => throw new InvalidOperationException("bug"),
            2 => Task.FromResult(Betar.Agents.ExecutionOutcome.Failed("no")),
            _ => Task.FromResult(Betar.Agents.ExecutionOutcome.Ok("yes")),
        }));
        await using World _ = world;
        await world.DeclareAsync(World.Spec(world) with { MaxConcurrency = 1, MaxQueue = 0 });

        Assert.Equal("The executor failed.", (await Run(world, World.Agent, "x")).Reason);
        Assert.Equal("no", (await Run(world, World.Agent, "x")).Reason);
        Assert.Equal("yes", (await Run(world, World.Agent, "x")).Output);

        AgentStatus status = await world.Grains.GetGrain<IAgentGrain>(World.Agent).GetStatus();
        Assert.Equal((0, 0, 1L, 2L), (status.Running, status.Waiting, status.Completed, status.Failed));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_starts_never_starts()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;

        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();
        try
        {
            AgentTaskResult result = await world.Grains.GetGrain<IAgentGrain>(World.Agent).Run(Task_("x"), ended.Token);
            Assert.False(result.Succeeded);
        }
        catch (OperationCanceledException)
        {
            // An engine may refuse to send such a call at all.
        }

        Assert.Equal(0, executor.Starts);
    }

    private static Task<AgentTaskResult> Run(World world, string agent, string input) =>
        world.Grains.GetGrain<IAgentGrain>(agent).Run(Task_(input), CancellationToken.None);

    private static AgentTask Task_(string input) => new() { Input = input, Caller = "caller", Order = "" };
}
