using Betar.Agents.Http;

namespace Betar.Agents.Tests.Support;

/// <summary>Makes executors as a node does.</summary>
internal static class Executors
{
    public static IExecutor Make(string kind, string config, ExecutorTools? tools = null, string target = "test", string description = "", GuardedHttp? http = null)
    {
        var factory = new ExecutorFactory(new ExecutorOptions(), tools ?? new ExecutorTools(), http ?? new GuardedHttp());
        var spec = new ExecutorSpec(kind, target, config, description);
        Assert.Empty(factory.Check(spec));
        return factory.Create(spec)!;
    }

    public static ValueTask<ExecutionOutcome> RunAsync(this IExecutor executor, string input, CancellationToken cancellationToken = default) =>
        executor.ExecuteAsync(new ExecutionRequest(input, "caller") { AgentId = "did:agent", Order = "order-1" }, cancellationToken);

    public static ValueTask DropAsync(this IExecutor executor) => executor is IAsyncDisposable held ? held.DisposeAsync() : ValueTask.CompletedTask;
}
