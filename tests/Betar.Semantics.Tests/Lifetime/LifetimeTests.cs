namespace Betar.Semantics.Tests.Lifetime;

[Collection("calls")]
public sealed class LifetimeTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    ILifeGrain Life => Grains.GetGrain<ILifeGrain>(Key);

    [Fact]
    public async Task A_grain_is_activated_once_before_its_first_call()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Life.Count()));
        Assert.Equal(["activated"], Scene.Notes);
        Assert.Equal(21, await Life.Count());
    }

    [Fact]
    public async Task DeactivateOnIdle_ends_the_activation_and_the_next_call_begins_another()
    {
        Assert.Equal(1, await Life.Count());
        var before = await Life.ActivationId();
        await Life.Leave();
        await Scene.Seen("disposed");
        Assert.Equal(1, await Life.Count());
        Assert.NotEqual(before, await Life.ActivationId());
        Assert.Equal(["activated", "deactivated ApplicationRequested", "disposed", "activated"], Scene.Notes);
    }

    [Fact]
    public async Task DeactivateOnIdle_lets_the_turn_end_and_hands_waiting_calls_to_the_next_activation()
    {
        Assert.Equal(1, await Life.Count());
        var leaving = Life.LeaveAndWait("go");
        await Scene.Seen("leaving");
        var waiting = Life.Count();
        Assert.False(waiting.IsCompleted);
        Scene.Open("go");
        await leaving;
        Assert.Equal(1, await waiting);
        await Scene.Seen("disposed");
        var notes = Scene.Notes.ToList();
        Assert.True(notes.IndexOf("turn done") < notes.IndexOf("deactivated ApplicationRequested"), string.Join(" | ", notes));
        Assert.True(notes.IndexOf("deactivated ApplicationRequested") < notes.LastIndexOf("activated"), string.Join(" | ", notes));
    }

    [Fact]
    public async Task An_exception_on_leaving_harms_nobody()
    {
        await Life.Count();
        await Life.FailOnLeaving();
        await Scene.Seen("disposed");
        Assert.Equal(1, await Life.Count());
    }

    [Fact]
    public async Task A_failed_constructor_reaches_the_caller_inside_and_the_next_call_tries_again()
    {
        var grain = Grains.GetGrain<IFragileGrain>(GrainId.Create("fragile-constructor", Key));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(grain.Ask);
        var inner = Assert.IsType<FormatException>(error.InnerException);
        Assert.Equal("the constructor failed", inner.Message);
        Assert.Equal("well", await grain.Ask());
        Assert.Equal(2, Scene.Count("constructed"));
    }

    [Fact]
    public async Task A_failed_activation_reaches_the_caller_and_the_next_call_tries_again()
    {
        var grain = Grains.GetGrain<IFragileGrain>(GrainId.Create("fragile-activation", Key));
        var error = await Assert.ThrowsAsync<FormatException>(grain.Ask);
        Assert.Equal("the activation failed", error.Message);
        Assert.Equal("well", await grain.Ask());
        Assert.Equal(2, Scene.Count("activating"));
    }

    [Fact]
    public async Task Stages_run_in_order_and_OnActivateAsync_after_all_of_them()
    {
        RequestContext.Set("first-call", "the first call's context");
        var grain = Grains.GetGrain<IStagesGrain>(Key);
        await grain.Touch();
        RequestContext.Clear();
        Assert.Equal(
            [
                "constructed",
                $"start {GrainLifecycleStage.First}", $"start {GrainLifecycleStage.SetupState}",
                $"start {GrainLifecycleStage.Activate}", $"start {GrainLifecycleStage.Activate + 1}", $"start {GrainLifecycleStage.Last}",
                "activated with the first call's context", "touched",
            ],
            Scene.Notes);
    }

    [Fact]
    public async Task Leaving_runs_OnDeactivateAsync_and_then_the_stages_backwards()
    {
        var grain = Grains.GetGrain<IStagesGrain>(Key);
        await grain.Leave();
        await Scene.Seen($"stop {GrainLifecycleStage.First}");
        Assert.Equal(
            [
                "deactivated",
                $"stop {GrainLifecycleStage.Last}", $"stop {GrainLifecycleStage.Activate + 1}", $"stop {GrainLifecycleStage.Activate}",
                $"stop {GrainLifecycleStage.SetupState}", $"stop {GrainLifecycleStage.First}",
            ],
            Scene.Notes.Where(note => note.StartsWith("stop", StringComparison.Ordinal) || note == "deactivated"));
    }
}
