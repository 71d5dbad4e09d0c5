namespace Betar.Semantics.Tests.Turns;

[Collection("calls")]
public sealed class TurnTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    ITurnGrain Turn => Grains.GetGrain<ITurnGrain>(GrainId.Create("turn", Key));

    ITurnGrain Reentrant => Grains.GetGrain<ITurnGrain>(GrainId.Create("reentrant-turn", Key));

    ITurnGrain Picky => Grains.GetGrain<ITurnGrain>(GrainId.Create("picky-turn", Key));

    [Fact]
    public async Task A_request_waits_until_the_one_before_it_ended()
    {
        var first = Turn.Plain("first");
        await Scene.Seen("first begins");
        var second = Turn.Plain("second");
        Scene.Open("second");
        Scene.Open("first");
        await Task.WhenAll(first, second);
        Assert.Equal(["first begins", "first ends", "second begins", "second ends"], Scene.Notes);
    }

    [Fact]
    public async Task Other_grains_do_not_wait()
    {
        var held = Turn.Plain("held");
        await Scene.Seen("held begins");
        Scene.Open("free");
        await Grains.GetGrain<ITurnGrain>(GrainId.Create("turn", Key + "/other")).Plain("free");
        Assert.Equal(["held begins", "free begins", "free ends"], Scene.Notes);
        Scene.Open("held");
        await held;
    }

    [Fact]
    public async Task A_reentrant_grain_lets_a_request_in_at_an_await()
    {
        var outer = Reentrant.Plain("outer");
        await Scene.Seen("outer begins");
        Scene.Open("inner");
        await Reentrant.Plain("inner");
        Scene.Open("outer");
        await outer;
        Assert.Equal(["outer begins", "inner begins", "inner ends", "outer ends"], Scene.Notes);
    }

    [Fact]
    public async Task Even_a_reentrant_grain_runs_on_one_thread_at_a_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Reentrant.Add(20)));
        Assert.Equal(1000, await Reentrant.Add(0));
        Assert.Empty(Scene.Notes);
    }

    [Fact]
    public async Task No_increment_of_many_callers_is_lost()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Turn.Add(20)));
        Assert.Equal(1000, await Turn.Add(0));
        Assert.Empty(Scene.Notes);
    }

    [Fact]
    public async Task An_always_interleaving_request_gets_in_while_a_plain_one_waits()
    {
        var plain = Turn.Plain("plain");
        await Scene.Seen("plain begins");
        Scene.Open("always");
        await Turn.Always("always");
        Scene.Open("plain");
        await plain;
        Assert.Equal(["plain begins", "always begins", "always ends", "plain ends"], Scene.Notes);
    }

    [Fact]
    public async Task A_plain_request_gets_in_while_an_always_interleaving_one_waits()
    {
        var always = Turn.Always("always");
        await Scene.Seen("always begins");
        Scene.Open("plain");
        await Turn.Plain("plain");
        Scene.Open("always");
        await always;
        Assert.Equal(["always begins", "plain begins", "plain ends", "always ends"], Scene.Notes);
    }

    [Fact]
    public async Task Read_only_requests_interleave_with_each_other()
    {
        var one = Turn.Read("one");
        await Scene.Seen("one begins");
        Scene.Open("two");
        Assert.Equal("two", await Turn.ReadElse("two"));
        Scene.Open("one");
        await one;
        Assert.Equal(["one begins", "two begins", "two ends", "one ends"], Scene.Notes);
    }

    [Fact]
    public async Task A_read_only_request_waits_for_a_plain_one()
    {
        var plain = Turn.Plain("plain");
        await Scene.Seen("plain begins");
        var read = Turn.Read("read");
        Scene.Open("read");
        Scene.Open("plain");
        await Task.WhenAll(plain, read);
        Assert.Equal(["plain begins", "plain ends", "read begins", "read ends"], Scene.Notes);
    }

    [Fact]
    public async Task A_plain_request_waits_for_a_read_only_one()
    {
        var read = Turn.Read("read");
        await Scene.Seen("read begins");
        var plain = Turn.Plain("plain");
        Scene.Open("plain");
        Scene.Open("read");
        await Task.WhenAll(plain, read);
        Assert.Equal(["read begins", "read ends", "plain begins", "plain ends"], Scene.Notes);
    }

    [Fact]
    public async Task MayInterleave_decides_by_the_request()
    {
        var host = Picky.Plain("host");
        await Scene.Seen("host begins");
        var stranger = Picky.Plain("stranger");
        Scene.Open("guest");
        Scene.Open("stranger");
        await Picky.Plain("guest");
        Scene.Open("host");
        await Task.WhenAll(host, stranger);
        Assert.Equal(["host begins", "guest begins", "guest ends", "host ends", "stranger begins", "stranger ends"], Scene.Notes);
    }

    [Fact]
    public async Task A_time_out_frees_the_caller_only()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Turn.PlainForAMoment("slow"));
        var next = Turn.Plain("next");
        Scene.Open("next");
        Scene.Open("slow");
        await next;
        Assert.Equal(["slow begins", "slow ends", "next begins", "next ends"], Scene.Notes);
    }

    [Fact]
    public async Task A_request_that_timed_out_in_the_queue_never_runs()
    {
        var held = Turn.Plain("held");
        await Scene.Seen("held begins");
        await Assert.ThrowsAsync<TimeoutException>(() => Turn.PlainForAMoment("late"));
        Scene.Open("held");
        Scene.Open("last");
        await held;
        await Turn.Plain("last");
        Assert.Equal(["held begins", "held ends", "last begins", "last ends"], Scene.Notes);
    }

    [Fact]
    public async Task A_one_way_call_returns_before_its_method_ends()
    {
        await Turn.Tell("told");
        await Scene.Seen("told begins");
        Assert.Equal(0, Scene.Count("told ends"));
        Scene.Open("told");
        await Scene.Seen("told ends");
    }

    [Fact]
    public async Task A_one_way_call_keeps_its_turn()
    {
        await Turn.Tell("told");
        await Scene.Seen("told begins");
        var plain = Turn.Plain("plain");
        Scene.Open("plain");
        Scene.Open("told");
        await plain;
        Assert.Equal(["told begins", "told ends", "plain begins", "plain ends"], Scene.Notes);
    }

    [Fact]
    public async Task Nobody_hears_the_exception_of_a_one_way_call()
    {
        await Turn.TellAndFail("told");
        await Scene.Seen("told fails");
        Scene.Open("after");
        await Turn.Plain("after");
    }

    [Fact]
    public async Task An_exception_ends_the_turn_and_reaches_the_caller()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(Turn.Fail);
        Assert.Equal("heard by the caller", error.Message);
        Assert.Equal(1, await Turn.Add(1));
    }
}
