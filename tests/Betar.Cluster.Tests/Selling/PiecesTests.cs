using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Agents;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.Cluster.Tests.Selling;

/// <summary>Paid tasks whose buyers hear pieces of the answer while they wait.</summary>
public sealed class PiecesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Pieces_come_before_the_answer_and_change_nothing_about_it(short silos)
    {
        var gate = new TaskCompletionSource();
        await using World world = await StartAsync(new WorldOptions { Silos = silos }, async (request, _) =>
        {
            await request.Partial!("one ");
            await gate.Task;
            await request.Partial("two");
            return ExecutionOutcome.Ok("three");
        });
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        var heard = new HeardText();

        Task<X402Reply> paying = buyer.PayInPiecesAsync(payment, heard);
        await heard.UntilAsync("one ");
        Assert.False(paying.IsCompleted);
        gate.SetResult();
        X402Reply answer = await paying;

        Answers.Delivered(answer, "three");
        Assert.Equal([LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.Delivered], await world.KindsAsync(buyer.KeyOf(payment)));
        var again = new HeardText();
        Assert.Equal(Answers.Text(answer), Answers.Text(await buyer.PayInPiecesAsync(payment, again)));
        Assert.Equal(Answers.Text(answer), Answers.Text(await buyer.PayAsync(payment)));
        Assert.Equal("", again.Text);
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Fact]
    public async Task Who_hears_pieces_waits_longer_and_who_does_not_is_paid_back_as_ever()
    {
        var (begun, paidBack) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using World world = await StartAsync(new WorldOptions { StreamBudget = TimeSpan.FromMilliseconds(300) }, async (request, cancellation) =>
        {
            begun.TrySetResult();
            if (request.Partial is null)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            await paidBack.Task;
            return ExecutionOutcome.Ok("slow");
        });
        TestBuyer buyer = await world.BuyerAsync();
        Task<X402Reply> patient = buyer.PayInPiecesAsync(await buyer.SignAsync(), new HeardText());
        await begun.Task;

        Assert.Contains("refunded in 0x", Answers.Refused(await buyer.BuyAsync(), StreamErrorCode.ExecutionFailed).Message, StringComparison.Ordinal);
        paidBack.SetResult();
        Answers.Delivered(await patient, "slow");
        await world.AssertTotalsAsync(2 * World.Price, World.Price, World.Price);
    }

    [Fact]
    public async Task Its_patience_ends_too_and_then_the_money_goes_back()
    {
        await using World world = await StartAsync(new WorldOptions { PiecesBudget = TimeSpan.FromSeconds(1) }, async (request, cancellation) =>
        {
            await request.Partial!("for ever");
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return ExecutionOutcome.Ok("never");
        });
        TestBuyer buyer = await world.BuyerAsync();
        var heard = new HeardText();

        X402Error error = Answers.Refused(await buyer.PayInPiecesAsync(await buyer.SignAsync(), heard), StreamErrorCode.ExecutionFailed);

        Assert.StartsWith("The task took longer than it may. The payment was refunded in 0x", error.Message, StringComparison.Ordinal);
        Assert.Equal("for ever", heard.Text);
        await world.AssertTotalsAsync(World.Price, 0, World.Price);
    }

    [Fact]
    public async Task Only_the_first_run_of_work_that_failed_is_heard()
    {
        int runs = 0;
        await using World world = await StartAsync(new WorldOptions(), async (request, _) =>
        {
            int run = Interlocked.Increment(ref runs);
            if (request.Partial is { } partial)
                await partial($"run {run}");
            return run == 1 ? ExecutionOutcome.Failed("No.") : ExecutionOutcome.Ok("at last");
        }, idempotent: true);
        await world.DeclareAsync(World.Spec(world) with { Retries = 1 });
        TestBuyer buyer = await world.BuyerAsync();
        var heard = new HeardText();

        Answers.Delivered(await buyer.PayInPiecesAsync(await buyer.SignAsync(), heard), "at last");

        Assert.Equal(2, runs);
        Assert.DoesNotContain("run 2", heard.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_while_the_work_runs_hears_nothing_of_its_middle_and_gets_its_answer()
    {
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using World world = await StartAsync(new WorldOptions(), async (request, _) =>
        {
            begun.TrySetResult();
            await gate.Task;
            if (request.Partial is { } partial)
                await partial("the rest");
            return ExecutionOutcome.Ok("all");
        });
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        Task<X402Reply> first = buyer.PayAsync(payment);
        await begun.Task;
        var heard = new HeardText();
        Task<X402Reply> second = buyer.PayInPiecesAsync(payment, heard);
        gate.SetResult();

        Answers.Delivered(await first, "all");
        Answers.Delivered(await second, "all");
        Assert.Equal("", heard.Text);
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Fact]
    public async Task A_free_agent_is_heard_too()
    {
        await using World world = await StartAsync(new WorldOptions(), async (request, _) =>
        {
            await request.Partial!("one ");
            await request.Partial("two");
            return ExecutionOutcome.Ok("one two");
        });
        await world.DeclareAsync(World.Spec(world, price: 0));
        var heard = new HeardText();
        var request = new X402Request { CorrelationId = "c", Resource = World.Agent, Body = new TaskBody("work", World.Agent).Write() };

        X402Reply reply = await world.Desk.HandleRequestAsync(request, new X402Call("peer", world.Clock.GetUtcNow()) { Pieces = heard }, default);

        Answers.Delivered(reply, "one two");
        Assert.Equal("one two", heard.Text);
    }

    [Fact]
    public async Task Two_listeners_of_one_task_the_later_one_hears_it()
    {
        await using World world = await StartAsync(new WorldOptions(), async (request, _) =>
        {
            await request.Partial!("x");
            return ExecutionOutcome.Ok("x");
        });
        IAgentGrain agent = world.Grains.GetGrain<IAgentGrain>(World.Agent);
        await using IAsyncEnumerator<string> first = agent.Listen("order", default).GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());
        await using IAsyncEnumerator<string> second = agent.Listen("order", default).GetAsyncEnumerator();
        Assert.True(await second.MoveNextAsync());
        Assert.False(await first.MoveNextAsync());

        AgentTaskResult result = await agent.Run(new AgentTask { Input = "work", Caller = "test", Order = "order" }, default);

        Assert.True(await second.MoveNextAsync());
        Assert.Equal(("x", "x"), (result.Output, second.Current));
        Assert.False(await second.MoveNextAsync());
    }

    private static async Task<World> StartAsync(WorldOptions options, Func<ExecutionRequest, CancellationToken, Task<ExecutionOutcome>> work, bool idempotent = false) =>
        (await World.WithAgentAsync(new TestExecutor(work) { IsIdempotent = idempotent }, options)).World;
}
