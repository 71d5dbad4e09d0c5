using Betar.Grains.Abstractions.Workflows;
using Betar.Grains.Trading;
using Betar.Storage.Workflows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Betar.Grains.Workflows;

/// <summary>
/// Reentrant, because it is asked while it runs. Its row in the workflow table is all that it knows; of two activations, which a partition can
/// make, only one gets its saves through, and the other stops.
/// </summary>
[Reentrant]
internal sealed partial class WorkflowGrain(
    IWorkflowTable table, ITrader trader, IAgentDirectory directory, IOptions<WorkflowOptions> options, TimeProvider time, ILogger<WorkflowGrain> log)
    : Grain, IWorkflowGrain
{
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromHours(1);

    private WorkflowRecord? _record;
    private WorkflowStore? _store;
    private Task? _run;
    private Func<Task>? _cancel;

    /// <summary>What is under way is left as it is stored, and found again by the next activation.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _store?.Close();
        if (_cancel is { } cancel)
            await cancel();
    }

    public async Task<Outcome<WorkflowView>> Create(WorkflowDefinition definition)
    {
        if (await LoadAsync() is { } known)
        {
            return known.Definition == definition
                ? WorkflowViews.Of(known)
                : new Refusal { Code = RefusalCodes.WorkflowInvalid, Message = $"The id {known.Id} is taken by another workflow." };
        }

        IReadOnlyList<WorkflowFault> faults = WorkflowCheck.Faults(definition, options.Value);
        if (faults.Count > 0)
        {
            return new Refusal
            {
                Code = RefusalCodes.WorkflowInvalid, Message = string.Join("; ", faults.Select(fault => $"step {fault.Path}: {fault.Message}")),
            };
        }

        var record = new WorkflowRecord { Id = this.GetPrimaryKeyString(), Definition = definition, CreatedAt = time.GetUtcNow() };
        Use(record, version: 0);
        await SaveOrForgetAsync();
        await table.PruneAsync(options.Value.Kept, CancellationToken.None);
        WorkflowView created = WorkflowViews.Of(record);
        Start();
        return created;
    }

    public async Task<WorkflowView?> Get() => await LoadAsync() is { } record ? WorkflowViews.Of(record) : null;

    public async Task<Outcome<WorkflowView>> Cancel()
    {
        if (await LoadAsync() is not { } record)
            return new Refusal { Code = RefusalCodes.UnknownWorkflow, Message = $"There is no workflow {this.GetPrimaryKeyString()}." };
        if (record.Status == WorkflowStatus.Canceled || record.CancelRequested)
            return WorkflowViews.Of(record);
        if (record.HasEnded)
            return new Refusal { Code = RefusalCodes.WorkflowEnded, Message = $"Workflow {record.Id} has ended: it is {Word(record.Status)}." };
        record.CancelRequested = true;
        await SaveOrForgetAsync();
        if (_cancel is { } cancel)
            await cancel();
        else
            Start();
        return WorkflowViews.Of(record);
    }

    public async Task Resume()
    {
        await LoadAsync();
        Start();
    }

    internal static string Word(WorkflowStatus status) => status switch
    {
        WorkflowStatus.Pending => "pending",
        WorkflowStatus.Running => "running",
        WorkflowStatus.Completed => "completed",
        WorkflowStatus.Failed => "failed",
        _ => "canceled",
    };

    /// <summary>What is stored, unless it is known already; null: nothing is.</summary>
    private async Task<WorkflowRecord?> LoadAsync()
    {
        if (_record is null && await table.FindAsync(this.GetPrimaryKeyString(), CancellationToken.None) is { } row && _record is null)
            Use(WorkflowRecord.Decode(row.State), row.Version);
        return _record;
    }

    /// <summary>The record in memory may say more than the store: who comes next begins from what is stored.</summary>
    private void Forget(WorkflowStore store)
    {
        store.Close();
        if (_store == store)
            (_record, _store) = (null, null);
    }

    private void Use(WorkflowRecord record, long version)
    {
        _record = record;
        _store = new WorkflowStore(table, record, version, time);
    }

    private void Start()
    {
        if (_record is { HasEnded: false } record && _run is not { IsCompleted: false })
            _run = RunAsync(record, _store!);
    }

    private async Task RunAsync(WorkflowRecord record, WorkflowStore store)
    {
        using var ends = new CancellationTokenSource();
        _cancel = ends.CancelAsync;
        DelayDeactivation(s_keepAlive);
        try
        {
            if (record.CancelRequested)
                await ends.CancelAsync();
            record.Status = WorkflowStatus.Running;
            var tasks = new WorkflowTasks(record, trader, directory, options.Value, time, SaveAsync);
            StepEnd end = await new WorkflowRun(record, tasks, options.Value, time).RunAsync(ends.Token);
            record.Status = record.CancelRequested ? WorkflowStatus.Canceled : end.IsOk ? WorkflowStatus.Completed : WorkflowStatus.Failed;
            (record.Output, record.Error, record.CompletedAt) = (end.Output, end.Refusal, time.GetUtcNow());
            await store.SaveAsync();
        }
        catch (Exception fault)
        {
            // Whatever it was, the recovery goes on from what is stored.
            LogStopped(log, record.Id, fault.Message);
            Forget(store);
            if (fault is WorkflowLostException)
                DeactivateOnIdle();
        }
        finally
        {
            _cancel = null;
        }

        Task SaveAsync()
        {
            DelayDeactivation(s_keepAlive);
            return store.SaveAsync();
        }
    }

    private async Task SaveOrForgetAsync()
    {
        WorkflowStore store = _store!;
        try
        {
            await store.SaveAsync();
        }
        catch
        {
            Forget(store);
            throw;
        }
    }
}
