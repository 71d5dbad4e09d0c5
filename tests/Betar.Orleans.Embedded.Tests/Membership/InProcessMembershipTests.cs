using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Membership;

public sealed class InProcessMembershipTests
{
    private readonly InProcessMembership _membership = new();

    [Fact]
    public void Nobody_is_known_at_first()
    {
        Assert.Empty(_membership.View.Silos);
        Assert.Empty(_membership.View.Active);
        Assert.Equal(SiloStatus.None, _membership.View.StatusOf(Silos.Address(1)));
    }

    [Fact]
    public void Who_is_unknown_counts_as_dead() => Assert.True(_membership.View.IsDead(Silos.Address(1)));

    [Theory]
    [InlineData(SiloStatus.Joining, false)]
    [InlineData(SiloStatus.Active, true)]
    [InlineData(SiloStatus.ShuttingDown, false)]
    [InlineData(SiloStatus.Dead, false)]
    public void Only_active_silos_take_new_activations(SiloStatus status, bool takes)
    {
        var silo = Silos.Address(1);
        _membership.SetStatus(silo, "one", status);
        Assert.Equal(takes, _membership.View.Active.Contains(silo));
    }

    [Theory]
    [InlineData(SiloStatus.Joining, false)]
    [InlineData(SiloStatus.Active, false)]
    [InlineData(SiloStatus.ShuttingDown, false)]
    [InlineData(SiloStatus.Dead, true)]
    public void A_silo_that_is_leaving_is_not_yet_dead(SiloStatus status, bool dead)
    {
        _membership.SetStatus(Silos.Address(1), "one", status);
        Assert.Equal(dead, _membership.View.IsDead(Silos.Address(1)));
    }

    [Fact]
    public void The_dead_stay_dead()
    {
        var silo = Silos.Active(_membership, 1);
        _membership.SetStatus(silo, "one", SiloStatus.Dead);
        _membership.SetStatus(silo, "one", SiloStatus.Active);
        Assert.Equal(SiloStatus.Dead, _membership.View.StatusOf(silo));
    }

    [Fact]
    public void Every_change_makes_a_newer_view_and_leaves_the_old_one_as_it_was()
    {
        var empty = _membership.View;
        var silo = Silos.Active(_membership, 1);
        var first = _membership.View;
        _membership.SetStatus(silo, "one", SiloStatus.ShuttingDown);
        Assert.Equal([0L, 1L, 2L], [empty.Version, first.Version, _membership.View.Version]);
        Assert.Equal(SiloStatus.Active, first.StatusOf(silo));
        Assert.Empty(empty.Silos);
    }

    [Fact]
    public void What_is_said_twice_is_told_once()
    {
        var told = new List<SiloStatus>();
        using var subscription = _membership.Subscribe((_, status) => told.Add(status));
        var silo = Silos.Active(_membership, 1);
        _membership.SetStatus(silo, "one", SiloStatus.Active);
        Assert.Equal([SiloStatus.Active], told);
        Assert.Equal(1, _membership.View.Version);
    }

    [Fact]
    public void Subscribers_see_the_change_in_the_view_already()
    {
        var seen = SiloStatus.None;
        using var subscription = _membership.Subscribe((silo, _) => seen = _membership.View.StatusOf(silo));
        Silos.Active(_membership, 1);
        Assert.Equal(SiloStatus.Active, seen);
    }

    [Fact]
    public void Subscribers_are_told_in_the_order_in_which_they_came()
    {
        var told = new List<string>();
        using var first = _membership.Subscribe((_, _) => told.Add("first"));
        using var second = _membership.Subscribe((_, _) => told.Add("second"));
        Silos.Active(_membership, 1);
        Assert.Equal(["first", "second"], told);
    }

    [Fact]
    public void Who_unsubscribed_hears_nothing_any_more()
    {
        var told = 0;
        var subscription = _membership.Subscribe((_, _) => told++);
        Silos.Active(_membership, 1);
        subscription.Dispose();
        Silos.Active(_membership, 2);
        Assert.Equal(1, told);
    }

    [Fact]
    public void A_subscriber_may_change_the_membership_itself()
    {
        using var subscription = _membership.Subscribe((silo, status) =>
        {
            if (status == SiloStatus.ShuttingDown)
                _membership.SetStatus(silo, "", SiloStatus.Dead);
        });
        var silo = Silos.Active(_membership, 1);
        _membership.SetStatus(silo, "", SiloStatus.ShuttingDown);
        Assert.True(_membership.View.IsDead(silo));
    }

    [Fact]
    public void Active_silos_stand_in_an_order_that_does_not_depend_on_who_came_first()
    {
        var other = new InProcessMembership();
        foreach (var number in new[] { 3, 1, 2 })
            Silos.Active(_membership, number);
        foreach (var number in new[] { 2, 3, 1 })
            Silos.Active(other, number);
        Assert.Equal(_membership.View.Active.AsEnumerable(), other.View.Active);
        Assert.Equal([1, 2, 3], _membership.View.Active.Select(static silo => silo.Generation));
    }

    [Fact]
    public void Only_the_last_sixty_four_dead_are_remembered_and_all_the_living()
    {
        for (var i = 1; i <= 10; i++)
            Silos.Active(_membership, i);
        for (var i = 100; i < 300; i++)
            _membership.SetStatus(Silos.Active(_membership, i), "", SiloStatus.Dead);
        Assert.Equal(10, _membership.View.Active.Length);
        Assert.Equal(64, _membership.View.Silos.Count(static silo => silo.Value.Status == SiloStatus.Dead));
        Assert.Equal(SiloStatus.None, _membership.View.StatusOf(Silos.Address(100)));
        Assert.Equal(SiloStatus.Dead, _membership.View.StatusOf(Silos.Address(299)));
    }

    [Fact]
    public void Names_are_kept_with_the_status()
    {
        Silos.Active(_membership, 7);
        Assert.Equal(("silo 7", SiloStatus.Active), _membership.View.Silos[Silos.Address(7)]);
    }
}
