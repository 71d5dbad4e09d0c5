namespace Betar.Agents.Processes;

/// <summary>A task that a worker has.</summary>
internal sealed class WorkerTask(ExecutionRequest request, CancellationToken cancellationToken)
{
    // The worker's answer arrives on the thread that reads its lines, which must go on with the next one.
    private readonly TaskCompletionSource<ExecutionOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ExecutionRequest Request => request;

    public CancellationToken Left => cancellationToken;

    public Task<ExecutionOutcome> Done => _done.Task;

    public void End(ExecutionOutcome outcome) => _done.TrySetResult(outcome);
}
