using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Betar.Orleans.Embedded.Tests.Storage;

public sealed class PersistentStateTests
{
    private GatedStorage _storage = null!;

    [Fact]
    public void A_state_is_read_before_the_first_call_and_once() => Run(1, async (sim, note) =>
    {
        Assert.Null(await note.Text());
        Assert.Null(await note.Text());
        Assert.Equal(["read text"], _storage.Log);
    });

    [Fact]
    public void What_was_written_is_there_in_the_next_life() => Run(2, async (sim, note) =>
    {
        await note.Write("hello");
        sim.Cluster.Kill(sim.Cluster.Silos.Single(silo => Lives(sim, note, silo)));
        Assert.Equal("hello", await note.Text());
    });

    [Fact]
    public void What_was_only_changed_dies_with_the_activation() => Run(2, async (sim, note) =>
    {
        await note.Write("hello");
        await note.Scribble("lost");
        Assert.Equal("lost", await note.Text());
        sim.Cluster.Kill(sim.Cluster.Silos.Single(silo => Lives(sim, note, silo)));
        Assert.Equal("hello", await note.Text());
    });

    [Fact]
    public void Writes_that_wait_for_a_running_one_are_one_write_of_the_last_state() => Run(1, async (sim, note) =>
    {
        await note.WriteAll(["a", "b", "c", "d"]);
        Assert.Equal(["read text", "write text a", "write text d"], _storage.Log);
        Assert.Equal("2", await note.Etag());
    });

    [Fact]
    public void Writes_that_do_not_overlap_are_each_made() => Run(1, async (sim, note) =>
    {
        foreach (var text in new[] { "a", "b", "c" })
            await note.Write(text);
        await note.WriteAll(["d", "e", "f"]);
        await note.WriteAll(["g", "h", "i"]);
        Assert.Equal(["a", "b", "c", "d", "f", "g", "i"], _storage.Log.Skip(1).Select(static line => line["write text ".Length..]));
    });

    [Fact]
    public void The_operations_of_one_state_never_overlap() => Run(1, async (sim, note) =>
    {
        await note.WriteThenRead("hello");
        Assert.Equal(["read text", "write text hello", "read text"], _storage.Log);
        Assert.Equal(1, _storage.MostAtOnce);
        Assert.Equal("hello", await note.Text());
    });

    [Fact]
    public void A_failed_operation_is_told_to_its_caller_and_not_to_the_next() => Run(1, async (sim, note) =>
    {
        await note.Write("a");
        _storage.Fault = new IOException("disk on fire");
        var error = await Assert.ThrowsAsync<OrleansException>(() => note.Write("b"));
        Assert.Equal("State \"text\" of grain notebook/n failed in its store: disk on fire", error.Message);
        await note.Write("c");
        Assert.Equal("2", await note.Etag());
    });

    [Fact]
    public void A_failed_write_does_not_fail_the_one_that_waits_behind_it() => Run(1, async (sim, note) =>
    {
        await note.Write("a");
        _storage.Fault = new IOException("disk on fire");
        await Assert.ThrowsAsync<OrleansException>(() => note.WriteAll(["b", "c"]));
        Assert.Equal("2", await note.Etag());
    });

    [Fact]
    public void An_exception_of_the_engine_is_not_wrapped_again() => Run(1, async (sim, note) =>
    {
        await note.Write("a");
        _storage.Fault = new BadProviderConfigException("as it is");
        Assert.Equal("as it is", (await Assert.ThrowsAsync<BadProviderConfigException>(() => note.Write("b"))).Message);
    });

    [Fact]
    public void A_cleared_state_has_no_record() => Run(1, async (sim, note) =>
    {
        await note.Write("a");
        await note.Clear();
        Assert.Null(await note.Text());
        Assert.Null(await note.Etag());
    });

    [Fact]
    public void A_stale_write_ends_the_activation_and_the_next_one_reads_again() => Run(1, async (sim, note) =>
    {
        await note.Write("a");
        _storage.Overtake();
        var error = await Assert.ThrowsAsync<InconsistentStateException>(() => note.Write("b"));
        Assert.Equal(("101", "1"), (error.StoredEtag, error.CurrentEtag));
        await sim.Pass(1);
        Assert.Equal(["bye n ApplicationError"], sim.Journal.Lines);
        Assert.Equal("a", await note.Text());
        await note.Write("b");
    });

    [Fact]
    public void A_stale_write_that_the_grain_catches_ends_nothing() => Run(1, async (sim, note) =>
    {
        await note.Write("a");
        _storage.Overtake();
        Assert.Equal("inconsistent", await note.WriteAndCatch("b"));
        await sim.Pass(1);
        Assert.Empty(sim.Journal.Lines);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_grain_through_which_the_exception_of_another_passes_lives_on(int silos) => Run(silos, async (sim, note) =>
    {
        for (var i = 0; i < 4; i++)
        {
            var other = sim.Cluster.Client.GetGrain<INotebookGrain>($"other{i}");
            await other.Write("a");
            _storage.Overtake();
            await Assert.ThrowsAsync<InconsistentStateException>(() => note.Delegate(other, "b"));
        }

        await sim.Pass(1);
        Assert.Equal(Enumerable.Range(0, 4).Select(static i => $"bye other{i} ApplicationError"), sim.Journal.Lines);
    });

    [Fact]
    public void A_state_that_cannot_be_read_fails_the_calls_that_wait_and_the_next_call_tries_again() => Run(1, async (sim, note) =>
    {
        _storage.Fault = new IOException("disk on fire");
        var calls = new[] { note.Text(), note.Text() };
        foreach (var call in calls)
            await Assert.ThrowsAsync<OrleansException>(() => call);
        Assert.Null(await note.Text());
        Assert.Equal(2, _storage.Log.Count);
    });

    [Fact]
    public void A_storage_that_the_silo_does_not_have_is_named() => Sim.Run(1, async sim =>
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => sim.Cluster.Client.GetGrain<INotebookGrain>("n").Text());
        Assert.Contains("AddMemoryGrainStorage(\"gated\")", error.ToString(), StringComparison.Ordinal);
    });

    private static bool Lives(Sim sim, INotebookGrain note, SiloAddress silo) =>
        silo.Equals(sim.Directory.LookupAsync(note.GetGrainId()).AsTask().Result?.SiloAddress);

    private void Run(int silos, Func<Sim, INotebookGrain, Task> body) => Sim.Run(
        silos,
        sim =>
        {
            sim.Cluster.ServicesOf(sim.Cluster.Silos[0]).GetRequiredKeyedService<IGrainStorage>("gated");
            return body(sim, sim.Cluster.Client.GetGrain<INotebookGrain>("n"));
        },
        silo => silo.Services.AddKeyedSingleton<IGrainStorage>("gated", (services, _) =>
            _storage ??= new GatedStorage(services.GetRequiredService<TimeProvider>())));
}
