using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Runtime;

/// <summary>How a grain's class is found from its interface.</summary>
public sealed class GrainTypesTests
{
    [Fact]
    public void An_interface_with_many_classes_means_the_one_that_is_named_like_it() => Sim.Run(1, sim =>
    {
        Assert.Equal("listed", sim.Cluster.Client.GetGrain<IListedGrain>("a").GetGrainId().Type.ToString());
        return Task.CompletedTask;
    });

    [Theory]
    [InlineData("Betar.Orleans.Embedded.Tests.Kept", "kept")]
    [InlineData("Betar.Orleans.Embedded.Tests.PatientGrain", "patient")]
    [InlineData("Betar.Orleans.Embedded.Tests.Nearby", "nearby")]
    public void A_prefix_of_the_class_name_chooses_among_many(string prefix, string type) => Sim.Run(1, sim =>
    {
        Assert.Equal(type, sim.Cluster.Client.GetGrain<IListedGrain>("a", prefix).GetGrainId().Type.ToString());
        return Task.CompletedTask;
    });

    [Fact]
    public void A_prefix_that_no_class_has_is_refused_by_name() => Sim.Run(1, sim =>
    {
        var refusal = Assert.Throws<ArgumentException>(() => sim.Cluster.Client.GetGrain<IListedGrain>("a", "No.Such"));
        Assert.Contains("No.Such", refusal.Message, StringComparison.Ordinal);
        return Task.CompletedTask;
    });

    [Fact]
    public void Many_classes_of_which_none_is_named_like_the_interface_are_listed_in_the_refusal() => Sim.Run(1, sim =>
    {
        var refusal = Assert.Throws<ArgumentException>(() => sim.Cluster.Client.GetGrain<IAmbiguousGrain>("a"));
        Assert.Contains(nameof(OneAmbiguousGrain), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(OtherAmbiguousGrain), refusal.Message, StringComparison.Ordinal);
        return Task.CompletedTask;
    });

    [Fact]
    public void A_grain_type_that_nobody_has_fails_the_call_by_name() => Sim.Run(2, async sim =>
    {
        var grain = sim.Cluster.Client.GetGrain<IListedGrain>(GrainId.Create("no-such-type", "a"));
        var error = await Assert.ThrowsAsync<ArgumentException>(grain.Where);
        Assert.Contains("no-such-type", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void An_interface_that_nobody_implements_is_refused_by_name() => Sim.Run(1, sim =>
    {
        var refusal = Assert.Throws<ArgumentException>(() => sim.Cluster.Client.GetGrain<INobodysGrain>("a"));
        Assert.Contains(nameof(INobodysGrain), refusal.Message, StringComparison.Ordinal);
        return Task.CompletedTask;
    });

    [Fact]
    public void What_is_no_grain_interface_is_refused() => Sim.Run(1, sim =>
    {
        Assert.Throws<ArgumentException>(() => sim.Cluster.Client.GetGrain(typeof(IDisposable), "a"));
        Assert.Throws<ArgumentException>(() => sim.Cluster.Client.GetGrain<ProbeGrain>(GrainId.Create("probe", "a")));
        return Task.CompletedTask;
    });

    [Fact]
    public void A_grain_is_found_by_interface_and_key_at_run_time() => Sim.Run(1, async sim =>
    {
        var client = sim.Cluster.Client;
        var byType = (IListedGrain)client.GetGrain(typeof(IListedGrain), "a");
        var byKey = (IListedGrain)client.GetGrain(typeof(IListedGrain), IdSpan.Create("a"));
        var byPrefix = (IListedGrain)client.GetGrain(typeof(IListedGrain), IdSpan.Create("a"), typeof(KeptGrain).FullName!);
        Assert.Equal(byType, byKey);
        Assert.Equal("kept/a", byPrefix.GetGrainId().ToString());
        Assert.Equal(await byType.Where(), await byKey.Where());
    });

    [Fact]
    public void A_reference_without_an_interface_can_be_cast_to_one() => Sim.Run(1, async sim =>
    {
        var untyped = sim.Cluster.Client.GetGrain(GrainId.Create("listed", "a"));
        Assert.Equal(await sim.Cluster.Client.GetGrain<IListedGrain>("a").Where(), await untyped.Cast<IListedGrain>().Where());
    });

    public interface INobodysGrain : IGrainWithStringKey
    {
        Task Nothing();
    }

    public interface IAmbiguousGrain : IGrainWithStringKey
    {
        Task Nothing();
    }

    public sealed class OneAmbiguousGrain : Grain, IAmbiguousGrain
    {
        public Task Nothing() => Task.CompletedTask;
    }

    public sealed class OtherAmbiguousGrain : Grain, IAmbiguousGrain
    {
        public Task Nothing() => Task.CompletedTask;
    }
}
