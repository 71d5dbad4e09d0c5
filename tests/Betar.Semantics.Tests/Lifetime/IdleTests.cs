namespace Betar.Semantics.Tests.Lifetime;

[Collection("idle")]
public sealed class IdleTests(IdleFixture fixture)
{
    readonly string _key = Guid.NewGuid().ToString("N");

    Scene Scene => Scene.Of(_key);

    [Fact]
    public async Task An_idle_grain_is_collected_by_age_and_the_others_stay()
    {
        foreach (var (type, role) in new[] { ("long-age", "by-options"), ("attribute-age", "by-attribute"), ("kept-age", "kept"), ("plain-age", "plain") })
        {
            await Idle(type, role).Touch();
        }

        await Scene.Seen("plain ActivationIdle");
        await Idle("plain-age", "second").Touch();
        await Scene.Seen("second ActivationIdle");
        Assert.Equal(["plain ActivationIdle", "second ActivationIdle"], Scene.Notes);
    }

    [Fact]
    public async Task DelayDeactivation_keeps_a_grain_from_collection()
    {
        await Idle("plain-age", "delayed").Stay(TimeSpan.FromHours(1));
        await Idle("plain-age", "plain").Touch();
        await Scene.Seen("plain ActivationIdle");
        Assert.DoesNotContain("delayed ActivationIdle", Scene.Notes);
    }

    [Fact]
    public async Task A_grain_in_a_turn_is_not_idle()
    {
        var turn = Idle("plain-age", "busy").Hold("go");
        await Scene.Seen("holding");
        await Idle("plain-age", "plain").Touch();
        await Scene.Seen("plain ActivationIdle");
        Assert.DoesNotContain("busy ActivationIdle", Scene.Notes);
        Scene.Open("go");
        await turn;
        await Scene.Seen("busy ActivationIdle");
    }

    [Fact]
    public async Task Collection_can_be_forced_and_spares_what_is_kept()
    {
        await Idle("kept-age", "kept").Touch();
        await Idle("attribute-age", "old").Touch();
        await Idle("long-age", "delayed").Stay(TimeSpan.FromHours(2));
        await fixture.Cluster.GrainFactory.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        await Scene.Seen("old ActivationIdle");
        Assert.Equal(["old ActivationIdle"], Scene.Notes);
    }

    [Fact]
    public async Task A_timer_counts_as_activity_only_when_it_says_so()
    {
        // A machine that stalls for longer than the age makes every grain idle, so one attempt of several is enough: an engine that
        // took no notice of the timer would collect both, each time.
        for (var attempt = 1; ; attempt++)
        {
            var key = $"{_key}-{attempt}";
            var scene = Scene.Of(key);
            await Idle(key, "ticking-age", "kept").Touch();
            for (var times = 1; times <= 2; times++)
            {
                await Idle(key, "ticking-age", "loose").Touch();
                await scene.Seen("loose ActivationIdle", times);
            }

            if (!scene.Notes.Contains("kept ActivationIdle"))
                return;
            Assert.True(attempt < 10, "The timer that says so did not count as activity, ten times.");
        }
    }

    IIdleGrain Idle(string type, string role) => Idle(_key, type, role);

    IIdleGrain Idle(string key, string type, string role) => fixture.Cluster.GrainFactory.GetGrain<IIdleGrain>(GrainId.Create(type, $"{key}/{role}"));
}
