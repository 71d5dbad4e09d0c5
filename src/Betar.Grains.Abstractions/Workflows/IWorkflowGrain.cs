using Betar.Grains.Abstractions.Results;

namespace Betar.Grains.Abstractions.Workflows;

/// <summary>[workflow id] Runs a tree of purchases with a budget, resumable after any crash.</summary>
[Alias("betar.IWorkflowGrain")]
public interface IWorkflowGrain : IGrainWithStringKey
{
    /// <summary>Keeps the workflow and begins with it. The same definition again is the same workflow; another one under its id is refused.</summary>
    [Alias("Create")]
    Task<Outcome<WorkflowView>> Create(WorkflowDefinition definition);

    /// <summary>Null: there is none of this id.</summary>
    [Alias("Get")]
    Task<WorkflowView?> Get();

    /// <summary>No further task begins, and what is under way is not waited for. It ends as canceled.</summary>
    [Alias("Cancel")]
    Task<Outcome<WorkflowView>> Cancel();

    /// <summary>Goes on where it stopped; nothing when it runs or has ended.</summary>
    [Alias("Resume")]
    Task Resume();
}
