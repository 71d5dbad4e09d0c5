using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Storage.Agents;
using Betar.Storage.Sessions;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Betar.Grains.Fleet;

/// <summary>
/// Reentrant, because its limit of concurrent tasks is the spec's, not one. Its spec is read from the agent table, which owns it.
/// </summary>
[Reentrant]
internal sealed partial class AgentGrain(
    IAgentTable table, IExecutorFactory executors, ISessionLog sessions, TimeProvider time, ILogger<AgentGrain> log) : Grain, IAgentGrain
{
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private AgentSpec? _spec;
    private IExecutor? _executor;
    private int _running;
    private long _completed;
    private long _failed;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? row = await table.FindAsync(this.GetPrimaryKeyString(), cancellationToken);
        if (row is { } stored)
            Use(AgentRow.Decode(stored));
    }

    public Task<Outcome<AgentSpec>> Apply(AgentSpec spec)
    {
        Use(spec);
        return Task.FromResult<Outcome<AgentSpec>>(spec);
    }

    public Task Retire()
    {
        _spec = null;
        _executor = null;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public ValueTask<AgentStatus> GetStatus() => ValueTask.FromResult(new AgentStatus
    {
        Spec = _spec,
        Running = _running,
        Waiting = _waiting.Count,
        Completed = _completed,
        Failed = _failed,
    });

    public async Task<AgentTaskResult> Run(AgentTask request, CancellationToken cancellationToken)
    {
        if (_spec is not { } spec || _executor is not { } executor)
            return Fail(RefusalCodes.UnknownAgent, "This agent is not declared here.");
        if (_running >= spec.MaxConcurrency && _waiting.Count >= spec.MaxQueue)
            return Fail(RefusalCodes.Busy, "The agent's queue is full.");

        AgentTaskResult result = await WorkAsync(spec, executor, request, cancellationToken);
        if (TaskExchanges.Of(spec.AgentId, request, result, time) is { } exchange)
            sessions.Record(exchange);
        return result;
    }

    private async Task<AgentTaskResult> WorkAsync(AgentSpec spec, IExecutor executor, AgentTask request, CancellationToken cancellationToken)
    {
        await EnterAsync(spec.MaxConcurrency);
        try
        {
            // Whoever waited too long for a place is owed a refund by now: the work must not start any more.
            cancellationToken.ThrowIfCancellationRequested();
            ExecutionOutcome outcome = await executor.ExecuteAsync(new ExecutionRequest(request.Input, request.Caller) { AgentId = spec.AgentId, Order = request.Order }, cancellationToken);
            if (!outcome.Succeeded)
                return Fail(RefusalCodes.ExecutionFailed, outcome.Text);
            _completed++;
            return new AgentTaskResult { Succeeded = true, Output = outcome.Text };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(RefusalCodes.ExecutionFailed, "The task took longer than it may.");
        }
        catch (Exception fault)
        {
            // An executor is foreign code: its bug ends one task with a refund, never the agent.
            LogExecutorFault(log, fault, spec.Name);
            return Fail(RefusalCodes.ExecutionFailed, "The executor failed.");
        }
        finally
        {
            Leave();
        }
    }

    private void Use(AgentSpec spec)
    {
        _spec = spec;
        _executor = executors.Create(spec.Executor);
    }

    private async ValueTask EnterAsync(int limit)
    {
        if (_running < limit)
        {
            _running++;
            return;
        }
        var place = new TaskCompletionSource();
        _waiting.Enqueue(place);
        await place.Task;
    }

    /// <summary>Hands the place to the next in line, so that the count never passes the limit.</summary>
    private void Leave()
    {
        if (_waiting.TryDequeue(out TaskCompletionSource? next))
            next.SetResult();
        else
            _running--;
    }

    private AgentTaskResult Fail(string code, string reason)
    {
        _failed++;
        return new AgentTaskResult { Succeeded = false, Code = code, Reason = reason };
    }
}
