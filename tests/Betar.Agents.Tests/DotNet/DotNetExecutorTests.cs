using Betar.Agents.DotNet;
using Betar.Agents.Tests.Support;

namespace Betar.Agents.Tests.DotNet;

public sealed class DotNetExecutorTests
{
    private readonly DotNetHandlers _handlers = new();

    [Fact]
    public async Task A_handler_gets_the_whole_request()
    {
        _handlers.Add("join", (request, _) => ValueTask.FromResult(ExecutionOutcome.Ok($"{request.Input} of {request.Caller}")));

        IExecutor executor = Executors.Make("dotnet", "{}", new ExecutorTools { Handlers = _handlers }, "join");
        Assert.Equal("task of caller", (await executor.RunAsync("task")).Text);
        Assert.False(executor.IsIdempotent);
    }

    [Fact]
    public void A_handler_may_promise_to_be_idempotent()
    {
        _handlers.Add("join", (_, _) => ValueTask.FromResult(ExecutionOutcome.Ok("")));

        Assert.True(Executors.Make("dotnet", """{"idempotent":true}""", new ExecutorTools { Handlers = _handlers }, "join").IsIdempotent);
    }

    [Fact]
    public void A_handler_that_is_not_there_makes_no_executor() =>
        Assert.Null(new ExecutorFactory(new ExecutorOptions(), new ExecutorTools { Handlers = _handlers }).Create(new("dotnet", "join")));

    [Fact]
    public void A_name_is_taken_once()
    {
        _handlers.Add("join", (_, _) => ValueTask.FromResult(ExecutionOutcome.Ok("")));

        Assert.Throws<ArgumentException>(() => _handlers.Add("join", (_, _) => ValueTask.FromResult(ExecutionOutcome.Ok(""))));
    }
}
