using Betar.Semantics.Tests.Serialization.Contracts;

namespace Betar.Semantics.Tests.Serialization;

/// <summary>One object stays one object within a message, and two sides never share one that may change.</summary>
[Collection("serialization")]
public sealed class IdentityTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    IEchoGrain Echo => Grains.GetGrain<IEchoGrain>(Key);

    [Fact]
    public async Task One_object_as_two_arguments_is_one_object_there()
    {
        var person = new Person("Ada", 36);
        Assert.True(await Echo.AreOne(person, person));
        Assert.False(await Echo.AreOne(person, new Person("Ada", 36)));
    }

    [Fact]
    public async Task A_cycle_and_shared_members_survive()
    {
        var shared = new Node { Name = "shared" };
        var node = new Node { Name = "a", Next = new Node { Name = "b" }, Friends = [shared, shared] };
        node.Next.Next = node;
        Assert.True(await Echo.IsCycle(node));
        var back = await Echo.Echo(node);
        Assert.Same(back, back.Next!.Next);
        Assert.Same(back.Friends[0], back.Friends[1]);
    }

    [Fact]
    public async Task An_object_in_two_places_of_a_collection_is_one_object_there()
    {
        var node = new Node { Name = "n" };
        var back = await Echo.Echo(new List<object> { node, node, new Node { Name = "n" } });
        Assert.Same(back[0], back[1]);
        Assert.NotSame(back[0], back[2]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_callee_does_to_an_argument_the_caller_does_not_see(bool near)
    {
        var copy = await Copier(near);
        Assert.Equal("1,2", await copy.SpoilList(Echo));
        Assert.Equal("1,2", await copy.SpoilHolder(Echo));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_caller_does_to_a_result_the_callee_does_not_see(bool near) =>
        Assert.Equal("1,2,3", await (await Copier(near)).SpoilResult(Echo));

    [Fact]
    public async Task Inside_a_silo_what_is_immutable_arrives_as_itself_and_what_is_not_as_a_copy()
    {
        var copy = await Copier(near: true);
        Assert.True(await copy.ArrivesAsItself(Echo, "frozen"));
        Assert.True(await copy.ArrivesAsItself(Echo, "string"));
        Assert.False(await copy.ArrivesAsItself(Echo, "list"));
        Assert.False(await copy.ArrivesAsItself(Echo, "bytes"));
        Assert.False(await copy.ArrivesAsItself(Echo, "holder"));
    }

    [Fact]
    public async Task Between_silos_even_what_is_immutable_arrives_as_another_object() =>
        Assert.False(await (await Copier(near: false)).ArrivesAsItself(Echo, "frozen"));

    [Fact]
    public async Task An_immutable_wrapper_carries_its_value()
    {
        var back = await Echo.Wrapped(new Immutable<List<int>>([1, 2]));
        Assert.Equal([1, 2], back.Value);
    }

    /// <summary>A grain on the silo of the echo grain, or on the other one.</summary>
    async Task<ICopyGrain> Copier(bool near)
    {
        var home = await Echo.Silo();
        for (var i = 0; ; i++)
        {
            var copy = Grains.GetGrain<ICopyGrain>($"{Key}/{i}");
            if ((await copy.Silo()).Equals(home) == near)
            {
                return copy;
            }
        }
    }
}
