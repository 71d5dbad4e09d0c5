using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Lifecycle;

public sealed class StagedLifecycleTests
{
    private readonly SiloLifecycle _lifecycle = new();
    private readonly List<string> _notes = [];

    [Fact]
    public async Task Stages_start_upwards_and_stop_downwards_whoever_came_first()
    {
        Note(30, 10, 20);
        await _lifecycle.OnStart();
        await _lifecycle.OnStop();
        Assert.Equal(["start 10", "start 20", "start 30", "stop 30", "stop 20", "stop 10"], _notes);
    }

    [Fact]
    public async Task A_stage_waits_for_all_of_the_stage_before_it()
    {
        var slow = new TaskCompletionSource();
        _lifecycle.Subscribe("slow", 10, _ => slow.Task);
        Note(20);
        var start = _lifecycle.OnStart();
        Assert.Empty(_notes);
        slow.SetResult();
        await start;
        Assert.Equal(["start 20"], _notes);
    }

    [Fact]
    public async Task Those_of_one_stage_start_together()
    {
        var both = new TaskCompletionSource();
        _lifecycle.Subscribe("waits for the other", 10, _ => both.Task);
        _lifecycle.Subscribe("lets it go", 10, _ =>
        {
            both.SetResult();
            return Task.CompletedTask;
        });
        await _lifecycle.OnStart();
    }

    [Fact]
    public async Task A_failed_stage_keeps_those_above_from_starting()
    {
        Note(10, 30);
        _lifecycle.Subscribe("fails", 20, _ => throw new InvalidOperationException("broken"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _lifecycle.OnStart());
        Assert.Equal("broken", error.Message);
        Assert.Equal(["start 10"], _notes);
    }

    [Fact]
    public async Task What_was_not_started_is_not_stopped()
    {
        Note(10, 30);
        _lifecycle.Subscribe("fails", 20, _ => throw new InvalidOperationException(), _ => Noted("stop 20"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _lifecycle.OnStart());
        await _lifecycle.OnStop();
        Assert.Equal(["start 10", "stop 20", "stop 10"], _notes);
    }

    [Fact]
    public async Task Nothing_is_stopped_when_nothing_was_started()
    {
        Note(10);
        await _lifecycle.OnStop();
        Assert.Empty(_notes);
    }

    [Fact]
    public async Task A_failure_on_the_way_down_does_not_keep_the_rest_from_stopping_and_all_are_told()
    {
        Note(10);
        _lifecycle.Subscribe("one", 20, _ => Task.CompletedTask, _ => throw new InvalidOperationException("one"));
        _lifecycle.Subscribe("two", 30, _ => Task.CompletedTask, _ => throw new InvalidOperationException("two"));
        await _lifecycle.OnStart();
        var error = await Assert.ThrowsAsync<AggregateException>(() => _lifecycle.OnStop());
        Assert.Equal(["two", "one"], error.InnerExceptions.Select(static inner => inner.Message));
        Assert.Equal(["start 10", "stop 10"], _notes);
    }

    [Fact]
    public async Task A_cancelled_start_goes_no_further()
    {
        using var source = new CancellationTokenSource();
        _lifecycle.Subscribe("cancels", 10, _ => source.CancelAsync());
        Note(20);
        await Assert.ThrowsAsync<OrleansLifecycleCanceledException>(() => _lifecycle.OnStart(source.Token));
        Assert.Empty(_notes);
    }

    [Fact]
    public async Task A_subscription_that_was_disposed_of_is_not_called()
    {
        var subscription = _lifecycle.Subscribe("gone", 10, _ => Noted("start"), _ => Noted("stop"));
        subscription.Dispose();
        await _lifecycle.OnStart();
        await _lifecycle.OnStop();
        Assert.Empty(_notes);
    }

    [Fact]
    public async Task The_token_of_the_start_reaches_the_stages()
    {
        using var source = new CancellationTokenSource();
        CancellationToken seen = default;
        _lifecycle.Subscribe("sees", 10, token =>
        {
            seen = token;
            return Task.CompletedTask;
        });
        await _lifecycle.OnStart(source.Token);
        Assert.Equal(source.Token, seen);
    }

    [Fact]
    public async Task A_silo_knows_how_far_it_has_come_both_ways()
    {
        Assert.Equal((int.MinValue, int.MaxValue), (_lifecycle.HighestCompletedStage, _lifecycle.LowestStoppedStage));
        Note(10, 20);
        await _lifecycle.OnStart();
        Assert.Equal(20, _lifecycle.HighestCompletedStage);
        await _lifecycle.OnStop();
        Assert.Equal(10, _lifecycle.LowestStoppedStage);
    }

    private void Note(params int[] stages)
    {
        foreach (var stage in stages)
            _lifecycle.Subscribe("notes", stage, _ => Noted($"start {stage}"), _ => Noted($"stop {stage}"));
    }

    private Task Noted(string note)
    {
        _notes.Add(note);
        return Task.CompletedTask;
    }
}
