using System.Collections.Immutable;
using Betar.Tests.Shared;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Reminders;

public sealed class ReminderRingTests
{
    private static readonly GrainId[] Grains = [.. Enumerable.Range(0, 500).Select(static i => GrainId.Create("probe", $"g{i}"))];

    [Fact]
    public void Without_an_active_silo_nobody_owns_a_reminder() => Assert.Null(ReminderRing.OwnerOf(Grains[0], []));

    [Fact]
    public void A_lone_silo_owns_them_all() => Assert.All(Grains, static grain => Assert.Equal(Silos.Address(1), ReminderRing.OwnerOf(grain, Ring(1))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Each_grain_lies_in_the_range_of_its_owner_and_in_no_other(int silos)
    {
        var ring = Ring(silos);
        foreach (var grain in Grains)
        {
            var holders = ring.Where(silo => Contains(ReminderRing.RangeOf(silo, ring)!.Value, grain)).ToArray();
            Assert.Equal([ReminderRing.OwnerOf(grain, ring)!], holders);
        }
    }

    [Fact]
    public void The_owner_does_not_depend_on_the_order_of_the_list()
    {
        var ring = Ring(5);
        var shuffled = ring.ToArray();
        new Random(TestSeed.Value).Shuffle(shuffled);
        Assert.All(Grains, grain => Assert.Equal(ReminderRing.OwnerOf(grain, ring), ReminderRing.OwnerOf(grain, [.. shuffled])));
    }

    [Fact]
    public void A_silo_that_leaves_hands_its_own_over_and_nobody_elses()
    {
        var before = Ring(5);
        var left = before[2];
        var after = before.Remove(left);
        Assert.All(Grains, grain =>
        {
            var owner = ReminderRing.OwnerOf(grain, before)!;
            if (!owner.Equals(left))
                Assert.Equal(owner, ReminderRing.OwnerOf(grain, after));
        });
    }

    [Fact]
    public void A_silo_that_is_not_active_has_no_range() => Assert.Null(ReminderRing.RangeOf(Silos.Address(9), Ring(3)));

    [Theory]
    [InlineData(10, 20, 10, false)]
    [InlineData(10, 20, 11, true)]
    [InlineData(10, 20, 20, true)]
    [InlineData(10, 20, 21, false)]
    [InlineData(20, 10, 20, false)]
    [InlineData(20, 10, 21, true)]
    [InlineData(20, 10, uint.MaxValue, true)]
    [InlineData(20, 10, 0, true)]
    [InlineData(20, 10, 10, true)]
    [InlineData(20, 10, 15, false)]
    [InlineData(5, 5, 5, true)]
    [InlineData(5, 5, 4, true)]
    [InlineData(5, 5, 6, true)]
    public void A_range_begins_behind_its_begin_and_ends_with_its_end_and_may_run_through_zero(uint begin, uint end, uint hash, bool inside) =>
        Assert.Equal(inside, HashRange.Contains(begin, end, hash));

    private static bool Contains((uint Begin, uint End) range, GrainId grain) =>
        HashRange.Contains(range.Begin, range.End, grain.GetUniformHashCode());

    private static ImmutableArray<SiloAddress> Ring(int silos) => [.. Enumerable.Range(1, silos).Select(Silos.Address)];
}
