using Betar.Semantics.Tests.Serialization.Contracts;
using Orleans.Serialization;

namespace Betar.Semantics.Tests.Serialization;

[Collection("serialization")]
public sealed class ErrorTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    IEchoGrain Echo => Grains.GetGrain<IEchoGrain>(Key);

    [Fact]
    public async Task An_exception_of_the_system_arrives_with_type_message_and_trace()
    {
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Echo.Throw("system"));
        Assert.Contains("out of range", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(EchoGrain), error.StackTrace!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marked_exception_arrives_with_its_members()
    {
        var error = await Assert.ThrowsAsync<MarkedException>(() => Echo.Throw("marked"));
        Assert.Equal(("marked", 42), (error.Message, error.Code));
    }

    [Fact]
    public async Task An_exception_without_serializer_arrives_as_an_error_that_names_its_type_and_its_words_are_lost()
    {
        var error = await Assert.ThrowsAsync<CodecNotFoundException>(() => Echo.Throw("unmarked"));
        Assert.Contains(nameof(UnmarkedException), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("its words", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inner_exception_arrives()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Echo.Throw("inner"));
        Assert.Equal("inner", Assert.IsType<TimeoutException>(error.InnerException).Message);
    }

    [Fact]
    public async Task An_inner_exception_without_serializer_takes_the_outer_one_with_it()
    {
        var error = await Assert.ThrowsAsync<CodecNotFoundException>(() => Echo.Throw("unmarked-inner"));
        Assert.Contains(nameof(UnmarkedException), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("outer", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_aggregate_arrives_with_all_of_its_parts()
    {
        var error = await Assert.ThrowsAsync<AggregateException>(() => Echo.Throw("aggregate"));
        Assert.Equal(["one", "two"], error.InnerExceptions.Select(inner => inner.Message));
    }

    [Fact]
    public async Task A_cancellation_that_a_grain_throws_arrives_as_one() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Echo.Throw("cancelled"));

    [Fact]
    public async Task Between_two_grains_of_one_silo_the_original_exception_arrives()
    {
        var (near, far) = await Copiers();
        Assert.Equal("UnmarkedException: its words", await near.Catch(Echo, "unmarked"));
        Assert.StartsWith("CodecNotFoundException", await far.Catch(Echo, "unmarked"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_without_serializer_fails_the_call_by_its_name()
    {
        var error = await Assert.ThrowsAsync<CodecNotFoundException>(() => Echo.EchoObject(new Unmarked()));
        Assert.Contains(nameof(Unmarked), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_without_serializer_fails_even_between_grains_of_one_silo()
    {
        var (near, far) = await Copiers();
        Assert.Contains(nameof(Unmarked), await near.SendUnmarked(Echo), StringComparison.Ordinal);
        Assert.Contains(nameof(Unmarked), await far.SendUnmarked(Echo), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grain_lives_on_after_an_argument_that_could_not_travel()
    {
        await Assert.ThrowsAsync<CodecNotFoundException>(() => Echo.EchoObject(new Unmarked()));
        Assert.Equal(7, await Echo.Echo(7));
    }

    async Task<(ICopyGrain Near, ICopyGrain Far)> Copiers()
    {
        var home = await Echo.Silo();
        ICopyGrain? near = null;
        ICopyGrain? far = null;
        for (var i = 0; near is null || far is null; i++)
        {
            var copy = Grains.GetGrain<ICopyGrain>($"{Key}/{i}");
            if ((await copy.Silo()).Equals(home))
            {
                near ??= copy;
            }
            else
            {
                far ??= copy;
            }
        }

        return (near, far);
    }
}
