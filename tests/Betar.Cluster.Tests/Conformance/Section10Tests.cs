using Betar.Cluster.Tests.Payments;
using Betar.Cluster.Tests.Conversations;
using Betar.Cluster.Tests.Support;
using Betar.Cluster.Tests.Workflows;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Abstractions.Workflows;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;
using static Betar.Cluster.Tests.Workflows.Steps;

namespace Betar.Cluster.Tests.Conformance;

/// <summary>What the original does badly with payments, memory and workflows is not so here; the numbers are those of docs/conformance.md.</summary>
public sealed class Section10Tests
{
    [Fact]
    public async Task Row07_what_was_paid_for_is_kept_over_a_restart_and_given_again()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        X402Reply first = await buyer.PayAsync(payment);
        await world.RestartAsync();

        Assert.Equal(Answers.Text(first), Answers.Text(await buyer.PayAsync(payment)));
        Assert.Equal((1, 1), (executor.Starts, await world.Chain.TransfersOfAsync(buyer.Address)));
    }

    [Fact]
    public Task Row08_the_chain_is_asked_what_became_of_a_payment_before_anything_is_sent_again() =>
        new SettlementTests().An_answer_that_is_lost_after_the_commit_is_found_again_and_paid_once();

    [Fact]
    public async Task Row09_each_fault_has_its_own_code_and_uses_no_quote_up()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Answers.Refused(await buyer.PayAsync(payment.WithAuthorization(a => a with { Value = "1" })), StreamErrorCode.PaymentAmountWrong);
        Answers.Refused(await buyer.PayAsync(payment.WithPayment(p => p with { Scheme = "upto" })), StreamErrorCode.PaymentInvalid);
        Answers.Refused(await buyer.PayAsync(payment with { CorrelationId = "other" }), StreamErrorCode.PaymentNonceMismatch);
        Answers.Refused(await buyer.AskAsync("nobody", "work"), StreamErrorCode.UnknownResource);
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
    }

    [Fact]
    public async Task Row10_nobody_but_its_payer_uses_a_nonce_up_and_it_stays_used_over_a_restart()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync(), stranger = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Answers.Refused(await buyer.PayAsync(payment.WithSignature(stranger.SignatureOver(payment))), StreamErrorCode.PaymentInvalid);
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        await world.RestartAsync();
        Answers.Refused(
            await buyer.PayAsync(payment.WithAuthorization(a => a with { Nonce = "0x" + a.Nonce[2..].ToUpperInvariant() })), StreamErrorCode.PaymentNonceMismatch);
        Assert.Equal(1, executor.Starts);
    }

    [Fact]
    public async Task Row11_a_payment_is_bound_to_its_quote_its_task_and_its_peer()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Answers.Refused(await buyer.PayAsync(await buyer.SignFirstUseAsync()), StreamErrorCode.PaymentInvalid);
        Answers.Refused(await buyer.PayAsync(payment with { Body = new TaskBody("other", World.Agent).Write() }), StreamErrorCode.PaymentNonceMismatch);
        Answers.Refused(await buyer.PayAsync(payment, fromPeer: "somebody else"), StreamErrorCode.PaymentNonceMismatch);
        await world.AssertEmptyAsync();
    }

    [Fact]
    public Task Row12_a_success_without_the_tokens_event_is_not_believed() =>
        new UnusedAuthorizationTests().A_node_that_says_success_and_shows_no_event_of_the_token_is_not_believed();

    [Fact]
    public async Task Row13_a_quote_is_its_peers_own_and_none_takes_the_place_of_another()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer one = await world.BuyerAsync(), other = await world.BuyerAsync("peer-b");
        var first = Assert.IsType<PaymentRequired>(await one.AskAsync(World.Agent, "work", "same"));
        var second = Assert.IsType<PaymentRequired>(await other.AskAsync(World.Agent, "work", "same"));

        Answers.Refused(await one.PayAsync(one.Sign(second, "work")), StreamErrorCode.PaymentNonceMismatch);
        Answers.Delivered(await one.PayAsync(one.Sign(first, "work")), "did: work");
        Answers.Delivered(await other.PayAsync(other.Sign(second, "work")), "did: work");
    }

    [Fact]
    public Task Row29_an_agent_remembers_each_caller_apart() => new ConversationTests().An_agent_remembers_each_caller_apart_and_after_a_restart();

    [Fact]
    public async Task Row37_a_workflow_has_branches_conditions_retries_and_a_budget()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();
        WorkflowView done = await world.RunAsync("w", Of(Chain(Beside(Do("ok-1-a"), Do("ok-2-b")), If("ok-1-a", Do("ok-3-c", retries: 1)))));
        Assert.Equal((WorkflowStatus.Completed, "6"), (done.Status, done.CostAtomic));

        WorkflowView poor = await world.RunAsync("x", Of(Chain(Do("ok-5-a", budget: "4"))));
        Assert.Equal((WorkflowStatus.Failed, "0"), (poor.Status, poor.CostAtomic));
    }

    [Fact]
    public async Task Row38_a_workflow_goes_on_after_a_crash_and_a_canceled_one_ends_as_canceled()
    {
        await new WorkflowEndingTests().A_workflow_goes_on_by_itself_after_all_silos_died_and_pays_no_step_twice(1);
        await new WorkflowEndingTests().A_canceled_workflow_ends_as_canceled_whatever_its_running_step_does();
    }

    [Fact]
    public async Task Row39_a_workflow_that_is_started_twice_runs_once_and_its_cost_is_filled_in()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();
        WorkflowDefinition definition = WorkflowDefinition.Chain(["ok-5-a", "ok-6-b"], "in");
        await Task.WhenAll(world.CreateAsync("w", definition), world.CreateAsync("w", definition));

        WorkflowView ended = await world.EndAsync("w");

        Assert.Equal(("11", 2), (ended.CostAtomic, world.Trader.Purchases.Count));
        Assert.Equal(RefusalCodes.WorkflowInvalid, (await world.Grain("w").Create(WorkflowDefinition.Chain(["ok-5-a"], "in"))).Refusal?.Code);
    }

    [Fact]
    public async Task Row40_workflows_that_have_ended_are_forgotten_beyond_a_number()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync(configure: options => options.Kept = 10);
        for (int i = 0; i < 12; i++)
        {
            await world.RunAsync($"w{i}", WorkflowDefinition.Chain(["ok-1-a"], "in"));
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(await world.Table.FindAsync("w0", default));
        Assert.NotNull(await world.Table.FindAsync("w11", default));
    }
}
