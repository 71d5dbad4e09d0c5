namespace Betar.Semantics.Tests.References;

[Collection("calls")]
public sealed class ReferenceTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    IHostGrain Host => Grains.GetGrain<IHostGrain>(Key);

    IGuestGrain Guest(string role) => Grains.GetGrain<IGuestGrain>($"{Key}/{role}");

    [Fact]
    public async Task A_reference_can_be_an_argument() => Assert.Equal($"{Key}/a", await Host.Ask(Guest("a")));

    [Fact]
    public async Task References_can_lie_in_collections_of_an_argument()
    {
        var list = new GuestList { Guests = { Guest("a"), Guest("b"), Guest("a") }, ByName = { ["c"] = Guest("c") } };
        Assert.Equal($"{Key}/a,{Key}/b,{Key}/a,{Key}/c", await Host.AskAll(list));
    }

    [Fact]
    public async Task A_reference_can_be_a_result()
    {
        var guest = await Host.Introduce($"{Key}/a");
        Assert.Equal(Guest("a"), guest);
        Assert.Equal($"{Key}/a", await guest.Name());
    }

    [Fact]
    public async Task A_null_reference_stays_null()
    {
        Assert.True(await Host.IsNull(null));
        Assert.False(await Host.IsNull(Guest("a")));
    }

    [Fact]
    public async Task A_grain_that_passes_itself_arrives_as_a_reference_on_its_own_silo_and_on_another()
    {
        var (here, there) = await OnTwoSilos<IGuestGrain>();
        Assert.Equal(here.GetPrimaryKeyString(), await here.Visit(Host));
        Assert.Equal(there.GetPrimaryKeyString(), await there.Visit(Host));
        Assert.Equal(here.GetPrimaryKeyString(), await here.VisitByReference(Host));
    }

    [Fact]
    public async Task A_reference_in_state_works_after_the_grain_came_back()
    {
        await Host.Keep(Guest("kept"));
        await Host.Leave();
        await Scene.Seen("left");
        Assert.Equal($"{Key}/kept", await Host.AskKept());
    }
}
