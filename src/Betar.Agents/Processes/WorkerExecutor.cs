using System.ComponentModel;
using Betar.Agents.Limits;
using Betar.Agents.Secrets;
using Microsoft.Extensions.Logging;

namespace Betar.Agents.Processes;

/// <summary>Keeps one worker for an agent's tasks: started with the first one, started again when it is gone.</summary>
internal sealed partial class WorkerExecutor(ProcessSettings settings, ExecutorOptions options, ExecutorTools tools) : IExecutor, IAsyncDisposable
{
    /// <summary>Tasks in a row that ran out of time, after which the worker is taken for dead.</summary>
    private const int MaxSilent = 3;

    private readonly ILogger _log = tools.Loggers.CreateLogger<WorkerExecutor>();
    private readonly SemaphoreSlim _places = new(settings.MaxTasksAtOnce);
    private readonly Lock _lock = new();
    private Worker? _worker;
    private int _silent;
    private bool _disposed;

    public bool IsIdempotent => settings.Idempotent;

    public async ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        if (ProcessEnvironment.Of(settings.Inherit, settings.Environment, tools.Secrets, out string missing) is not { } environment)
            return SecretValues.Missing($"variable {missing}");
        using var deadline = new Deadline(settings.TimeoutSeconds, tools.Time, cancellationToken);
        try
        {
            await _places.WaitAsync(deadline.Token);
            try
            {
                ExecutionOutcome outcome = await Current(environment).RunAsync(request, deadline.Token);
                _silent = 0;
                return outcome;
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            GiveUpOnSilence();
            return ExecutionOutcome.Failed(ExecutionCodes.TimedOut, $"The worker took longer than {settings.TimeoutSeconds} s.");
        }
        catch (Exception fault) when (fault is Win32Exception or IOException or UnauthorizedAccessException)
        {
            LogNotStarted(_log, fault, settings.Command[0]);
            return ExecutionOutcome.Failed(ExecutionCodes.ProcessFailed, "The worker could not be started.");
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
            _worker?.Dispose();
            _worker = null;
        }
        return ValueTask.CompletedTask;
    }

    private Worker Current(IReadOnlyDictionary<string, string> environment)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_worker is { HasEnded: true } gone)
            {
                gone.Dispose();
                _worker = null;
            }
            if (_worker is null)
            {
                _worker = Worker.Start(settings, environment, options.ControlGroups);
                LogStarted(_log, settings.Command[0], _worker.ProcessId);
            }
            return _worker;
        }
    }

    private void GiveUpOnSilence()
    {
        if (Interlocked.Increment(ref _silent) < MaxSilent)
            return;
        lock (_lock)
        {
            _silent = 0;
            _worker?.Dispose();
            _worker = null;
        }
    }
}
