using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Enumeration;

/// <summary>Results that come element by element, in virtual time.</summary>
public sealed class EnumerationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(250, 100)]
    public void All_elements_come_in_order_whatever_the_batch(int count, int batch) => Sim.Run(2, async sim =>
        Assert.Equal(Enumerable.Range(0, count), await Collect(sim.Probe("a").Numbers(count, TimeSpan.Zero).WithBatchSize(batch))));

    [Fact]
    public void An_empty_enumeration_is_just_over() => Sim.Run(2, async sim => Assert.Empty(await Collect(sim.Probe("a").Numbers(0, TimeSpan.Zero))));

    [Fact]
    public void An_element_does_not_wait_for_the_batch_to_fill() => Sim.Run(2, async sim =>
    {
        var arrivals = new List<double>();
        var start = sim.Now;
        await foreach (var _ in sim.Probe("a").Numbers(3, 2 * Second))
            arrivals.Add((sim.Now - start).TotalSeconds);
        Assert.Equal([2, 4, 6], arrivals);
    });

    [Theory]
    [InlineData(1, 10)]
    [InlineData(4, 3)]
    [InlineData(100, 1)]
    public void A_batch_brings_at_most_so_many_elements(int batch, int messages) => Sim.Run(
        1,
        async sim =>
        {
            await Collect(sim.Probe("a").Numbers(10, TimeSpan.Zero).WithBatchSize(batch));
            Assert.InRange(sim.Journal.Lines.Count(static line => line is "Start" or "MoveNext"), messages, messages + 1);
        },
        silo => silo.AddIncomingGrainCallFilter(new JournalFilter(silo, context => context.InterfaceType.ToString().Contains("Enumeration", StringComparison.Ordinal) ? context.MethodName : null)));

    [Fact]
    public void A_batch_of_no_elements_makes_no_sense() => Sim.Run(1, sim =>
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => sim.Probe("a").Numbers(1, Second).WithBatchSize(0));
        return Task.CompletedTask;
    });

    [Fact]
    public void Waiting_for_an_element_longer_than_the_response_time_out_is_no_time_out() => Sim.Run(2, async sim =>
        Assert.Equal([0, 1], await Collect(sim.Probe("a").Numbers(2, TimeSpan.FromMinutes(3)))));

    [Fact]
    public void The_enumerator_ends_when_the_reader_breaks_off() => Sim.Run(2, async sim =>
    {
        await foreach (var number in sim.Probe("a").Numbers(1000, Second))
        {
            if (number == 2)
                break;
        }

        await sim.Pass(5);
        Assert.Equal(["enumeration over"], sim.Journal.Lines);
    });

    [Fact]
    public void A_reader_that_never_began_leaves_nothing_behind() => Sim.Run(2, async sim =>
    {
        await sim.Probe("a").Numbers(10, Second).GetAsyncEnumerator().DisposeAsync();
        await sim.Pass(5);
        Assert.Empty(sim.Journal.Lines);
        Assert.Equal(0, sim.Journal.Births);
    });

    [Fact]
    public void A_reader_that_vanished_is_forgotten_after_two_time_outs() => Sim.Run(2, async sim =>
    {
        var vanished = sim.Probe("a").Numbers(1000, Second).GetAsyncEnumerator();
        Assert.True(await vanished.MoveNextAsync());
        await sim.Pass(61);
        Assert.Empty(sim.Journal.Lines);
        Assert.Equal([0], await Collect(sim.Probe("a").Numbers(1, TimeSpan.Zero)));
        await sim.Pass(2);
        Assert.Equal(2, sim.Journal.Lines.Count(static line => line == "enumeration over"));
    });

    [Fact]
    public void A_reader_that_pauses_is_not_forgotten_while_others_begin() => Sim.Run(2, async sim =>
    {
        await using var pausing = sim.Probe("a").Numbers(1000, Second).WithBatchSize(1).GetAsyncEnumerator();
        Assert.True(await pausing.MoveNextAsync());
        await sim.Pass(50);
        await Collect(sim.Probe("a").Numbers(1, TimeSpan.Zero));
        Assert.True(await pausing.MoveNextAsync());
        Assert.Equal(1, pausing.Current);
    });

    [Fact]
    public void The_enumerations_of_a_grain_end_with_it() => Sim.Run(2, async sim =>
    {
        await using var numbers = sim.Probe("a").Numbers(1000, Second).WithBatchSize(1).GetAsyncEnumerator();
        Assert.True(await numbers.MoveNextAsync());
        await sim.Probe("a").End();
        await sim.Pass(3);
        Assert.Contains("enumeration over", sim.Journal.Lines);
        await Assert.ThrowsAsync<EnumerationAbortedException>(async () => await numbers.MoveNextAsync());
    });

    [Fact]
    public void The_death_of_the_silo_ends_the_reading() => Sim.Run(2, async sim =>
    {
        await using var numbers = sim.Probe("a").Numbers(1000, TimeSpan.FromSeconds(5)).GetAsyncEnumerator();
        Assert.True(await numbers.MoveNextAsync());
        var next = numbers.MoveNextAsync().AsTask();
        await sim.Pass(1);
        sim.Cluster.Kill(sim.Cluster.Silos.Single(silo => silo.Equals(sim.Directory.LookupAsync(sim.Probe("a").GetGrainId()).AsTask().Result?.SiloAddress)));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => next);
    });

    [Fact]
    public void Elements_that_came_before_a_failure_are_read_before_it() => Sim.Run(2, async sim =>
    {
        var read = new List<int>();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var number in sim.Probe("a").NumbersThenFailure(3))
                read.Add(number);
        });
        Assert.Equal("no more numbers", error.Message);
        Assert.Equal([0, 1, 2], read);
    });

    [Fact]
    public void A_read_enumeration_stays_over() => Sim.Run(2, async sim =>
    {
        await using var numbers = sim.Probe("a").Numbers(1, TimeSpan.Zero).GetAsyncEnumerator();
        Assert.True(await numbers.MoveNextAsync());
        Assert.False(await numbers.MoveNextAsync());
        Assert.False(await numbers.MoveNextAsync());
    });

    [Fact]
    public void Other_calls_run_between_the_elements() => Sim.Run(2, async sim =>
    {
        var reading = Collect(sim.Probe("a").Numbers(5, Second));
        await sim.Pass(TimeSpan.FromSeconds(2.5));
        var before = sim.Now;
        Assert.Equal(1, await sim.Probe("a").Add(1));
        Assert.Equal(before, sim.Now);
        Assert.Equal(5, (await reading).Count);
    });

    [Fact]
    public void A_silo_with_a_shorter_time_out_says_sooner_that_it_still_works() => Sim.Run(
        1,
        async sim => Assert.Equal([0], await Collect(sim.Probe("a").Numbers(1, TimeSpan.FromSeconds(40)))),
        silo => silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromSeconds(6)));

    private static async Task<List<int>> Collect(IAsyncEnumerable<int> numbers)
    {
        var all = new List<int>();
        await foreach (var number in numbers)
            all.Add(number);
        return all;
    }
}
