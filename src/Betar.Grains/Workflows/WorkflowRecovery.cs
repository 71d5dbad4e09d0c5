using Betar.Grains.Abstractions.Workflows;
using Betar.Storage.Workflows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Workflows;

/// <summary>Finds the workflows that have not ended, at the start of a silo and again and again, and has them go on. One that runs is left alone.</summary>
internal sealed partial class WorkflowRecovery(
    IWorkflowTable table, IGrainFactory grains, IOptions<WorkflowOptions> options, TimeProvider time, ILogger<WorkflowRecovery> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(WorkflowRecovery), ServiceLifecycleStage.Active, Start, Stop);

    public void Dispose() => _stop.Dispose();

    private Task Start(CancellationToken cancellationToken)
    {
        _loop = Loop();
        return Task.CompletedTask;
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Loop()
    {
        try
        {
            while (true)
            {
                await Look();
                await Task.Delay(options.Value.RecoveryInterval, time, _stop.Token);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The silo stops; what is open is found again at the next start.
        }
    }

    private async Task Look()
    {
        try
        {
            foreach (string id in await table.OpenAsync(_stop.Token))
                await Resume(id);
        }
        catch (Exception fault) when (!_stop.IsCancellationRequested)
        {
            LogLookFailed(log, fault);
        }
    }

    private async Task Resume(string id)
    {
        try
        {
            await grains.GetGrain<IWorkflowGrain>(id).Resume();
        }
        catch (Exception fault) when (!_stop.IsCancellationRequested)
        {
            LogResumeFailed(log, fault, id);
        }
    }
}
