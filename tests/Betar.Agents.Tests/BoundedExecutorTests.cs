namespace Betar.Agents.Tests;

public sealed class BoundedExecutorTests
{
    private static readonly ExecutorOptions s_options = new() { MaxInputCharacters = 3, MaxOutputCharacters = 5 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whether_work_may_be_repeated_is_the_executors_own_word(bool idempotent) =>
        Assert.Equal(idempotent, new BoundedExecutor(new Scripted(ExecutionOutcome.Ok("")) { IsIdempotent = idempotent }, s_options).IsIdempotent);

    [Theory]
    [InlineData("", true)]
    [InlineData("123", true)]
    [InlineData("1234", false)]
    public async Task Input_is_passed_on_up_to_the_limit_and_not_seen_beyond(string input, bool passed)
    {
        var inner = new Scripted(ExecutionOutcome.Ok("done"));

        ExecutionOutcome outcome = await RunAsync(inner, input);

        Assert.Equal((passed, passed ? 1 : 0), (outcome.Succeeded, inner.Starts));
    }

    [Theory]
    [InlineData("12345", true)]
    [InlineData("123456", false)]
    public async Task Output_is_passed_on_up_to_the_limit(string output, bool passed) =>
        Assert.Equal(passed, (await RunAsync(new Scripted(ExecutionOutcome.Ok(output)), "in")).Succeeded);

    [Fact]
    public async Task Pieces_are_handed_on_up_to_the_limit_of_the_output()
    {
        List<string> heard = [];
        var bounded = new BoundedExecutor(new InPieces("12", "345", "6", "7"), s_options);
        await bounded.ExecuteAsync(
            new ExecutionRequest("in", "c")
            {
                Partial = piece =>
                {
                    heard.Add(piece);
                    return ValueTask.CompletedTask;
                },
            },
            CancellationToken.None);

        Assert.Equal(["12", "345"], heard);
    }

    private sealed class InPieces(params string[] pieces) : IExecutor
    {
        public bool IsIdempotent => false;

        public async ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken)
        {
            foreach (string piece in pieces)
                await request.Partial!(piece);
            return ExecutionOutcome.Ok("");
        }
    }

    [Fact]
    public async Task A_failure_keeps_its_reason_unless_that_is_too_long_itself()
    {
        Assert.Equal("why", (await RunAsync(new Scripted(ExecutionOutcome.Failed("why")), "in")).Text);
        ExecutionOutcome flood = await RunAsync(new Scripted(ExecutionOutcome.Failed("because")), "in");
        Assert.Equal((false, false), (flood.Succeeded, flood.Text.Contains("because", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_cancellation_reaches_the_executor()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var inner = new Scripted(ExecutionOutcome.Ok("done"));
        await new BoundedExecutor(inner, s_options).ExecuteAsync(new ExecutionRequest("in", "c"), cancelled.Token);
        Assert.True(inner.SawCancellation);
    }

    private static async Task<ExecutionOutcome> RunAsync(IExecutor inner, string input) =>
        await new BoundedExecutor(inner, s_options).ExecuteAsync(new ExecutionRequest(input, "caller"), CancellationToken.None);

    private sealed class Scripted(ExecutionOutcome outcome) : IExecutor
    {
        public bool IsIdempotent { get; init; }

        public int Starts { get; private set; }

        public bool SawCancellation { get; private set; }

        public ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken)
        {
            Starts++;
            SawCancellation = cancellationToken.IsCancellationRequested;
            return ValueTask.FromResult(outcome);
        }
    }
}
