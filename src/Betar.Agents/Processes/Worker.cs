using System.Collections.Concurrent;
using System.Text.Json;
using Betar.Agents.Hiring;

namespace Betar.Agents.Processes;

/// <summary>A running program that does one task after another, some at once. When it ends, or breaks the rules, its tasks fail and it is of no more use.</summary>
internal sealed class Worker : IDisposable
{
    private readonly ChildProcess _child;
    private readonly int _maxLine;
    private readonly ConcurrentDictionary<long, WorkerTask> _tasks = new();
    private readonly SemaphoreSlim _writing = new(1);
    private long _last;
    private volatile bool _ended;

    private Worker(ChildProcess child, int maxLine)
    {
        _child = child;
        _maxLine = maxLine;

        // Its lines are read for as long as it lives, which is longer than the task that started it: not on that task's scheduler.
        _ = Task.Factory.StartNew(ReadAllAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        _ = Task.Factory.StartNew(DrainAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
    }

    public bool HasEnded => _ended;

    public int ProcessId => _child.Id;

    public static Worker Start(ProcessSettings settings, IReadOnlyDictionary<string, string> environment, string controlGroups) =>
        new(ChildProcess.Start(settings, environment, controlGroups), settings.MaxOutputBytes);

    public async Task<ExecutionOutcome> RunAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        long id = Interlocked.Increment(ref _last);
        var task = new WorkerTask(request, cancellationToken);
        _tasks[id] = task;
        try
        {
            if (_ended || !await WriteAsync(WorkerMessages.Task(id, request)))
                task.End(Lost);
            return await task.Done.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await WriteAsync(WorkerMessages.Cancel(id));
            throw;
        }
        finally
        {
            _tasks.TryRemove(id, out _);
        }
    }

    public void Dispose()
    {
        _ended = true;
        _child.Dispose();
        Fail();
    }

    private static ExecutionOutcome Lost => ExecutionOutcome.Failed(ExecutionCodes.ProcessFailed, "The worker ended before it answered.");

    private async Task ReadAllAsync()
    {
        var lines = new LineReader(_child.Output, _maxLine);
        try
        {
            while (await lines.ReadAsync() is { } line && WorkerLine.Parse(line) is { } read)
                await TakeAsync(read);
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The worker is gone in the middle of a line; what follows is the same as at its end.
        }
        _ended = true;
        _child.Kill();
        Fail();
    }

    /// <summary>A line of a task that is over is late, which is no fault.</summary>
    private async Task TakeAsync(WorkerLine line)
    {
        if (!_tasks.TryGetValue(line.Id, out WorkerTask? task))
            return;
        if (line.Output is { } output)
            task.End(ExecutionOutcome.Ok(output));
        else if (line.Error is { } error)
            task.End(ExecutionOutcome.Failed(error));
        else if (line.Partial is { } partial && task.Request.Partial is { } listener)
            await listener(partial);
        else if (line.Call is { } call)
            _ = AnswerAsync(line, call, task);
    }

    /// <summary>A purchase takes its time; other lines are read meanwhile.</summary>
    private async Task AnswerAsync(WorkerLine line, long call, WorkerTask task)
    {
        JsonElement result;
        try
        {
            result = task.Request.Market is { } market
                ? await MarketCalls.CallAsync(market, line.Method, line.Arguments, forPrompt: false, task.Left)
                : MarketCalls.Fault("This agent may not hire others.");
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception fault)
        {
            // The market's bug ends the task that met it, not the worker.
            task.End(ExecutionOutcome.Failed($"The market failed ({fault.GetType().Name})."));
            return;
        }
        await WriteAsync(WorkerMessages.Result(line.Id, call, result));
    }

    private async Task<bool> WriteAsync(byte[] line)
    {
        await _writing.WaitAsync();
        try
        {
            await _child.Input.WriteAsync(line);
            await _child.Input.FlushAsync();
            return true;
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task DrainAsync()
    {
        byte[] buffer = new byte[4_096];
        try
        {
            while (await _child.Errors.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // Gone with the worker.
        }
    }

    private void Fail()
    {
        foreach (WorkerTask task in _tasks.Values)
            task.End(Lost);
    }
}
