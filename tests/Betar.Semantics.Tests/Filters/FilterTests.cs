namespace Betar.Semantics.Tests.Filters;

public sealed class FilterTests(FilterFixture fixture) : IClassFixture<FilterFixture>
{
    readonly string _key = Guid.NewGuid().ToString("N");

    IFilteredGrain Grain => fixture.Cluster.GrainFactory.GetGrain<IFilteredGrain>(_key);

    [Fact]
    public async Task Filters_wrap_each_other_in_order_of_registration_and_the_grain_comes_last()
    {
        Assert.Equal("text", await Grain.Echo("text"));
        Assert.Equal(
            ["client in", "first in", "grain in", "method", "grain out", "first out", "client out"],
            Scene.Of(_key).Notes);
    }

    [Fact]
    public async Task An_outgoing_filter_of_the_silo_sees_the_calls_of_its_grains_only()
    {
        Assert.Equal("text", await Grain.Through("text"));
        Assert.Equal(
            [
                "client in", "first in", "grain in",
                "outgoing in", "first in", "grain in", "method", "grain out", "first out", "outgoing out",
                "grain out", "first out", "client out",
            ],
            Scene.Of(_key).Notes);
    }

    [Theory]
    [InlineData("replace me", "replaced by the grain")]
    [InlineData("answer without the grain", "answered by the filter")]
    [InlineData("change my argument", "changed by the filter")]
    [InlineData("from a delegate", "replaced by a delegate")]
    public async Task A_filter_may_replace_argument_and_result(string text, string result) => Assert.Equal(result, await Grain.Echo(text));

    [Fact]
    public async Task A_filter_that_does_not_go_on_keeps_the_method_from_running()
    {
        await Grain.Echo("answer without the grain");
        Assert.DoesNotContain("method", Scene.Of(_key).Notes);
    }

    [Fact]
    public async Task An_exception_of_a_filter_reaches_the_caller()
    {
        var error = await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Grain.Echo("refuse"));
        Assert.Equal("refused by the filter", error.Message);
        Assert.DoesNotContain("method", Scene.Of(_key).Notes);
    }

    [Fact]
    public async Task Filters_see_the_exception_of_the_method_and_the_caller_gets_it()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.Fail("broken"));
        Assert.Equal(["client in", "first in", "grain in", "first saw an exception", "client saw an exception"], Scene.Of(_key).Notes);
    }

    [Fact]
    public async Task A_filter_may_put_a_result_in_the_place_of_an_exception() => Assert.Equal("swallowed", await Grain.Fail("swallow"));

    [Fact]
    public async Task A_filter_knows_what_is_called()
    {
        var who = await Grain.Echo("who");
        Assert.Equal($"{typeof(IFilteredGrain).FullName}.Echo of FilteredGrain by FilteredGrain at filtered", who);
    }

    [Fact]
    public async Task Methods_without_result_and_with_numbers_pass_through()
    {
        await Grain.Silent("text");
        Assert.Equal(7, await Grain.Number(7));
    }
}
