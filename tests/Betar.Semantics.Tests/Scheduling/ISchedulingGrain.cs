namespace Betar.Semantics.Tests.Scheduling;

public interface ISchedulingGrain : IGrainWithStringKey
{
    Task<bool> IsOwnScheduler();

    Task<bool> ComesBackAfterAwait();

    Task<bool> TaskRunLeaves();

    Task<bool> UncapturedAwaitLeaves();

    Task<bool> StartNewStays();

    Task StartInBackground();

    Task<int> BackgroundRuns();

    Task<string> ContinuationsRunOneAtATime();
}
