using Betar.Agents;
using Betar.Grains.Fleet;

namespace Betar.Grains.Tests.Fleet;

public sealed class HeldExecutorTests
{
    [Fact]
    public async Task One_that_does_nothing_ends_when_it_is_replaced()
    {
        var executor = new Disposable();
        await new HeldExecutor(default, executor).ReplaceAsync();

        Assert.Equal(1, executor.Ends);
    }

    [Fact]
    public async Task One_at_work_ends_with_its_last_task()
    {
        var executor = new Disposable();
        var held = new HeldExecutor(default, executor);
        held.Enter();
        held.Enter();
        await held.ReplaceAsync();
        await held.LeaveAsync();
        Assert.Equal(0, executor.Ends);

        await held.LeaveAsync();
        Assert.Equal(1, executor.Ends);
    }

    [Fact]
    public async Task One_that_is_not_replaced_goes_on()
    {
        var executor = new Disposable();
        var held = new HeldExecutor(default, executor);
        held.Enter();
        await held.LeaveAsync();

        Assert.Equal(0, executor.Ends);
    }

    private sealed class Disposable : IExecutor, IAsyncDisposable
    {
        public int Ends { get; private set; }

        public bool IsIdempotent => true;

        public ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(ExecutionOutcome.Ok(""));

        public ValueTask DisposeAsync()
        {
            Ends++;
            return ValueTask.CompletedTask;
        }
    }
}
