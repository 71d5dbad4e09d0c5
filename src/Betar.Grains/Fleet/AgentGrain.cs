using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Conversations;
using Betar.Grains.Hiring;
using Betar.Grains.Selling;
using Betar.Storage.Agents;
using Betar.Storage.Sessions;
using Betar.X402.Pieces;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Betar.Grains.Fleet;

/// <summary>
/// Reentrant, because its limit of concurrent tasks is the spec's, not one. Its spec is read from the agent table, which owns it.
/// </summary>
[Reentrant]
internal sealed partial class AgentGrain(
    IAgentTable table, IExecutorFactory executors, IAgentMarkets markets, ISessionLog sessions, IOptions<SellingOptions> selling,
    IOptions<ConversationOptions> conversations, TimeProvider time, ILogger<AgentGrain> log) : Grain, IAgentGrain
{
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private AgentSpec? _spec;
    private HeldExecutor? _executor;
    private int _running;
    private long _completed;
    private long _failed;
    private int _failedInARow;
    private string _lastError = "";
    private readonly AgentCosts _costs = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Summaries.End();
        await DropExecutorAsync();
    }

    public async Task<Outcome<AgentSpec>> Apply(AgentSpec spec)
    {
        await UseAsync(spec);
        return spec;
    }

    public async Task Retire()
    {
        _spec = null;
        DeactivateOnIdle();
        await DropExecutorAsync();
    }

    public ValueTask<AgentStatus> GetStatus() => ValueTask.FromResult(new AgentStatus
    {
        Spec = _spec,
        Running = _running,
        Waiting = _waiting.Count,
        Completed = _completed,
        Failed = _failed,
        ConsecutiveFailures = _failedInARow,
        LastError = _lastError,
        IsResting = _executor?.Executor.IsResting == true,
        Usage = _costs.Total,
        Summarising = Summaries.Running,
    });

    public Task<AgentTaskResult> Run(AgentTask request, CancellationToken cancellationToken) => RunAsync(request, null, cancellationToken);

    public async IAsyncEnumerable<AgentTaskPiece> RunStreamed(AgentTask request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Not bounded by itself: an executor hands on no more than an answer may have, and a worker that waited here would hold up its other tasks.
        var pieces = Channel.CreateUnbounded<string>();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<AgentTaskResult> working = WorkAsync(leaving.Token);
        try
        {
            await foreach (string text in pieces.Reader.ReadAllAsync(cancellationToken))
                yield return new AgentTaskPiece { Text = text };
            yield return new AgentTaskPiece { Result = await working };
        }
        finally
        {
            await leaving.CancelAsync();
        }

        async Task<AgentTaskResult> WorkAsync(CancellationToken left)
        {
            try
            {
                return await RunAsync(request, piece => Take(pieces.Writer, piece), left);
            }
            finally
            {
                pieces.Writer.TryComplete();
            }
        }
    }

    public async IAsyncEnumerable<string> Listen(string order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PieceBuffer pieces = Listeners.Open(order);
        try
        {
            yield return "";
            while (await pieces.TakeAsync(cancellationToken) is { } text)
                yield return text;
        }
        finally
        {
            Listeners.Close(order, pieces);
        }
    }

    private TaskListeners Listeners => field ??= new TaskListeners(selling.Value.Pieces);

    private static ValueTask Take(ChannelWriter<string> pieces, string piece)
    {
        pieces.TryWrite(piece);
        return ValueTask.CompletedTask;
    }

    private async Task<AgentTaskResult> RunAsync(AgentTask request, Func<string, ValueTask>? partial, CancellationToken cancellationToken)
    {
        // Asked before it was declared, and declared since.
        if (_spec is null)
            await ReadAsync(cancellationToken);
        if (_spec is not { } spec || _executor is not { } held)
            return Fail(RefusalCodes.UnknownAgent, "This agent is not declared here.");
        if (_running >= spec.MaxConcurrency && _waiting.Count >= spec.MaxQueue)
        {
            FleetInstruments.OnFull();
            return Fail(RefusalCodes.Busy, selling.Value.BusyMessage) with { RetryAfterSeconds = selling.Value.BusyRetrySeconds };
        }

        if (SkillCheck.Find(spec, request.Input) is { } refusal)
            return Fail(refusal.Code, refusal.Message);

        held.Enter();
        PieceBuffer? heard = Listeners.Begin(request.Order);
        AgentTaskResult result;
        try
        {
            result = await WorkAsync(spec, held, request, partial ?? TaskListeners.PartialOf(heard), cancellationToken);
        }
        finally
        {
            heard?.End();
            await held.LeaveAsync();
        }
        FleetInstruments.OnTask(result.Code);
        if (TaskExchanges.Of(spec.AgentId, request, result, time) is { } exchange)
            sessions.Record(exchange);
        return result;
    }

    private async Task<AgentTaskResult> WorkAsync(
        AgentSpec spec, HeldExecutor held, AgentTask request, Func<string, ValueTask>? partial, CancellationToken cancellationToken)
    {
        await EnterAsync(spec.MaxConcurrency);
        using CancellationTokenSource limit = spec.TimeoutSeconds > 0 ? new(TimeSpan.FromSeconds(spec.TimeoutSeconds), time) : new();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Whoever waited too long for a place is owed a refund by now: the work must not start any more.
            cancellationToken.ThrowIfCancellationRequested();
            ExecutionOutcome outcome = await ExecuteAsync(spec, held.Executor, request, partial, ending.Token);
            _costs.Add(outcome.Usage, AgentCosts.ForTasks);
            if (!outcome.Succeeded)
                return FailTask(outcome.Code, outcome.Text) with { Usage = TaskUsages.Of(outcome.Usage) };
            _completed++;
            _failedInARow = 0;
            if (await Memory.RememberAsync(spec, request, outcome.Text) is { } due)
                Summaries.Begin(spec, request.Remembered, due, held);
            return new AgentTaskResult { Succeeded = true, Output = outcome.Text, Usage = TaskUsages.Of(outcome.Usage) };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(RefusalCodes.ExecutionFailed, "The task took longer than it may.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return FailTask(RefusalCodes.TaskTimedOut, $"The task took longer than {spec.TimeoutSeconds} s.");
        }
        catch (Exception fault)
        {
            // An executor is foreign code: its bug ends one task with a refund, never the agent.
            LogExecutorFault(log, fault, spec.Name);
            return FailTask(RefusalCodes.ExecutionFailed, "The executor failed.");
        }
        finally
        {
            Leave();
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? row = await table.FindAsync(this.GetPrimaryKeyString(), cancellationToken);
        if (row is { } stored)
            await UseAsync(AgentRow.Decode(stored));
    }

    private AgentMemory Memory => field ??= new AgentMemory(GrainFactory, log);

    private AgentSummaries Summaries => field ??= new AgentSummaries(Memory, conversations.Value.MaxSummariesAtOnce, _costs, log);

    /// <summary>One that does not hear the time-out does not hold its caller either.</summary>
    private async Task<ExecutionOutcome> ExecuteAsync(
        AgentSpec spec, IExecutor executor, AgentTask request, Func<string, ValueTask>? partial, CancellationToken cancellationToken)
    {
        ExecutionRequest task = await Memory.RecallAsync(spec, request, new ExecutionRequest(request.Input, request.Caller)
        {
            AgentId = spec.AgentId,
            Order = request.Order,
            Market = markets.Of(spec, request),
            Partial = partial,
        });
        Task<ExecutionOutcome> running = executor.ExecuteAsync(task, cancellationToken).AsTask();
        return await (spec.TimeoutSeconds > 0 ? running.WaitAsync(cancellationToken) : running);
    }

    /// <summary>The executor is made anew only when something of its own has changed.</summary>
    private async ValueTask UseAsync(AgentSpec spec)
    {
        _spec = spec;
        if (_executor is { } held && held.Spec == spec.Executor)
            return;
        await DropExecutorAsync();
        _executor = executors.Create(spec.Executor) is { } executor ? new HeldExecutor(spec.Executor, executor) : null;
        _failedInARow = 0;
        _lastError = "";
    }

    private async ValueTask DropExecutorAsync()
    {
        HeldExecutor? replaced = _executor;
        _executor = null;
        if (replaced is not null)
            await replaced.ReplaceAsync();
    }

    private async ValueTask EnterAsync(int limit)
    {
        if (_running < limit)
        {
            _running++;
            FleetInstruments.OnBegun();
            return;
        }
        var place = new TaskCompletionSource();
        _waiting.Enqueue(place);
        FleetInstruments.OnQueued();
        await place.Task;
    }

    /// <summary>Hands the place to the next in line, so that the count never passes the limit.</summary>
    private void Leave()
    {
        if (_waiting.TryDequeue(out TaskCompletionSource? next))
        {
            FleetInstruments.OnUnqueued();
            next.SetResult();
            return;
        }

        _running--;
        FleetInstruments.OnEnded();
    }

    private AgentTaskResult FailTask(string code, string reason)
    {
        _failedInARow++;
        _lastError = reason;
        return Fail(code, reason);
    }

    private AgentTaskResult Fail(string code, string reason)
    {
        _failed++;
        return new AgentTaskResult { Succeeded = false, Code = code, Reason = reason };
    }
}
