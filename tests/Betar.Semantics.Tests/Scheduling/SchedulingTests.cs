namespace Betar.Semantics.Tests.Scheduling;

[Collection("calls")]
public sealed class SchedulingTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    ISchedulingGrain Grain => Grains.GetGrain<ISchedulingGrain>(Key);

    [Fact]
    public async Task A_turn_runs_on_a_scheduler_of_the_grain() => Assert.True(await Grain.IsOwnScheduler());

    [Fact]
    public async Task An_await_comes_back_to_the_grain()
    {
        Scene.Open("go");
        Assert.True(await Grain.ComesBackAfterAwait());
    }

    [Fact]
    public async Task An_await_that_is_ended_from_outside_comes_back_to_the_grain()
    {
        var call = Grain.ComesBackAfterAwait();
        Scene.Open("go");
        Assert.True(await call);
    }

    [Fact]
    public async Task Task_Run_leaves_the_grain_and_the_await_comes_back() => Assert.True(await Grain.TaskRunLeaves());

    [Fact]
    public async Task An_await_that_does_not_capture_leaves_the_grain() => Assert.True(await Grain.UncapturedAwaitLeaves());

    [Fact]
    public async Task A_task_started_on_the_current_scheduler_stays_in_the_grain() => Assert.True(await Grain.StartNewStays());

    [Fact]
    public async Task Work_left_behind_by_a_turn_runs_on_in_the_grain()
    {
        await Grain.StartInBackground();
        Assert.Equal(0, await Grain.BackgroundRuns());
        Scene.Open("go");
        await Scene.Seen("ran");
        Assert.Equal(1, await Grain.BackgroundRuns());
    }

    [Fact]
    public async Task Continuations_of_one_turn_run_one_at_a_time() => Assert.Equal("at most 1", await Grain.ContinuationsRunOneAtATime());
}
