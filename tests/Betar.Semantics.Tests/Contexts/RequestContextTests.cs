namespace Betar.Semantics.Tests.Contexts;

[Collection("calls")]
public sealed class RequestContextTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    IContextGrain Context => Grains.GetGrain<IContextGrain>(Key);

    [Fact]
    public async Task What_a_client_sets_reaches_the_grain_and_the_grains_behind_it()
    {
        var (here, there) = await OnTwoSilos<IContextGrain>();
        RequestContext.Set("colour", "blue");
        Assert.Equal("blue", await here.Get("colour"));
        Assert.Equal("blue", await here.GetThrough(there, "colour"));
        RequestContext.Clear();
        Assert.Null(await here.Get("colour"));
    }

    [Fact]
    public async Task Values_keep_their_types()
    {
        RequestContext.Set("number", 42);
        RequestContext.Set("id", Guid.Empty);
        Assert.Equal("42", await Context.Get("number"));
        Assert.Equal(Guid.Empty.ToString(), await Context.Get("id"));
        Assert.Equal(42, RequestContext.Get("number"));
        RequestContext.Clear();
    }

    [Fact]
    public async Task What_a_callee_sets_does_not_come_back()
    {
        await Context.SetAndReturn("colour", "red");
        Assert.Null(RequestContext.Get("colour"));
        Assert.Null(await Context.Get("colour"));
    }

    [Fact]
    public async Task What_a_grain_sets_goes_on_with_its_own_calls()
    {
        var (here, there) = await OnTwoSilos<IContextGrain>();
        Assert.Equal("green then nothing", await here.SetAndAsk(there, "colour", "green"));
    }

    [Fact]
    public async Task The_context_is_still_there_after_an_await()
    {
        RequestContext.Set("colour", "blue");
        var call = Context.GetAfterAwait("colour");
        RequestContext.Clear();
        Scene.Open("colour");
        Assert.Equal("blue", await call);
    }

    [Fact]
    public async Task Calls_at_the_same_time_have_contexts_of_their_own()
    {
        var calls = Enumerable.Range(0, 10).Select(async i =>
        {
            RequestContext.Set("number", i);
            return await Grains.GetGrain<IContextGrain>($"{Key}/{i}").Get("number");
        });
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), await Task.WhenAll(calls));
    }

    [Fact]
    public async Task A_removed_value_is_gone_and_the_others_stay()
    {
        RequestContext.Set("a", "1");
        RequestContext.Set("b", "2");
        Assert.True(RequestContext.Remove("a"));
        Assert.False(RequestContext.Remove("a"));
        Assert.Null(await Context.Get("a"));
        Assert.Equal("2", await Context.Get("b"));
        Assert.Contains("b", RequestContext.Keys);
        RequestContext.Clear();
        Assert.Empty(RequestContext.Keys);
    }

    [Fact]
    public async Task An_empty_context_has_no_entries_of_ours() => Assert.Equal(0, await Context.Entries());
}
