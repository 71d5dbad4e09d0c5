using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;
using Orleans.TestingHost;

namespace Betar.Orleans.Embedded.Tests.Serialization.Travel;

/// <summary>The serializer where it works: between a client and two silos.</summary>
public sealed class TravelTests : IAsyncLifetime
{
    private readonly TestCluster _cluster = new TestClusterBuilder(2).Build();

    public Task InitializeAsync() => _cluster.DeployAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_grain_travels_as_a_reference()
    {
        var self = await Grain("a").Self();
        Assert.Equal(Grain("a"), self);
        Assert.Equal("a", await self.Name());
    }

    [Fact]
    public async Task References_travel_in_members_lists_maps_and_boxes()
    {
        // Keys enough that some of them are on the other silo.
        for (var i = 0; i < 8; i++)
        {
            var (left, right) = (Grain($"l{i}"), Grain($"r{i}"));
            var luggage = await left.Pack(right);
            Assert.Equal([left, right], luggage.Listed);
            Assert.Equal(right, Assert.IsAssignableFrom<ITravelGrain>(luggage.Boxed));
            Assert.Equal([$"l{i}", $"r{i}", $"l{i}", $"r{i}", $"r{i}"], await Grain("asker").Ask(luggage));
            Assert.Equal(4, (await left.AskThrough(right)).Length);
        }
    }

    [Fact]
    public async Task One_object_as_two_arguments_is_one_at_the_callee()
    {
        var plain = new Plain();
        for (var i = 0; i < 8; i++)
        {
            Assert.True(await Grain($"{i}").AreOne(plain, plain));
            Assert.False(await Grain($"{i}").AreOne(plain, new Plain()));
        }
    }

    [Fact]
    public async Task Anything_goes_there_and_back()
    {
        Assert.Equal(5L, await Grain("a").Echo(5L));
        Assert.Null(await Grain("a").Echo(null));
        Assert.Equal(Color.Green, await Grain("a").Echo(Color.Green));
        Assert.Equal(7, await Grain("a").Echo(Unmarked.A));
        Assert.Equal(new Position(1, "n", 2), await Grain("a").Echo(new Position(1, "n", 2)));
    }

    [Fact]
    public async Task Exceptions_travel_when_they_can_and_are_named_when_they_cannot()
    {
        Assert.Equal(42, (await Assert.ThrowsAsync<MarkedException>(() => Grain("a").Fail("marked"))).Code);
        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => Grain("a").Fail("platform"));
        Assert.Equal("inner", timeout.InnerException!.Message);
        var unknown = await Assert.ThrowsAsync<CodecNotFoundException>(() => Grain("a").Fail("unmarked"));
        Assert.Contains("UnmarkedException", unknown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_without_codec_is_refused_at_once() =>
        await Assert.ThrowsAsync<CodecNotFoundException>(async () => await Grain("a").Echo(new LinkedList<int>()));

    [Fact]
    public async Task Elements_of_a_stream_travel()
    {
        var seen = new List<Position>();
        await foreach (var position in Grain("a").Positions(250, CancellationToken.None))
            seen.Add(position);
        Assert.Equal(Enumerable.Range(0, 250).Select(static i => new Position(i, "p", i)), seen);
    }

    [Fact]
    public async Task A_silo_whose_contracts_lack_a_codec_does_not_start()
    {
        var builder = new TestClusterBuilder(1);
        builder.AddSiloBuilderConfigurator<LackingCodec>();
        await using var cluster = builder.Build();
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => cluster.DeployAsync());
        Assert.Contains("LinkedList", exception.ToString(), StringComparison.Ordinal);
        Assert.Contains("Some.Contract.Member", exception.ToString(), StringComparison.Ordinal);
    }

    private ITravelGrain Grain(string key) => _cluster.GrainFactory.GetGrain<ITravelGrain>(key);

    internal sealed class LackingCodec : ISiloConfigurator
    {
        public void Configure(global::Orleans.Hosting.ISiloBuilder siloBuilder) =>
            siloBuilder.Services.Configure<TypeManifestOptions>(static manifest => manifest.Required[typeof(LinkedList<int>)] = "Some.Contract.Member");
    }
}
