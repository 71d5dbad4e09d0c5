using Betar.Storage.Leases;
using Betar.Tests.Shared;

namespace Betar.Storage.Tests.Leases;

/// <summary>The laws of leases, wherever they are kept.</summary>
public abstract class LeaseStoreTests
{
    protected const string Name = "gateway";
    protected static readonly TimeSpan Length = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);

    internal TwoClocks Time { get; } = new();

    protected abstract ILeaseStore Store { get; }

    [Fact]
    public async Task Nobody_has_what_nobody_took() => Assert.Null(await Store.FindAsync(Name, default));

    [Fact]
    public async Task The_first_one_gets_it_and_the_second_hears_who_has_it_and_for_how_long()
    {
        Assert.Equal(new LeaseAnswer(true, "a", 1, Length), await AcquireAsync("a"));
        Time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(new LeaseAnswer(false, "a", 1, TimeSpan.FromSeconds(3)), await AcquireAsync("b"));
        Assert.Equal(new LeaseAnswer(true, "a", 1, TimeSpan.FromSeconds(3)), await Store.FindAsync(Name, default));
    }

    [Fact]
    public async Task It_lasts_to_the_last_tick_and_not_one_longer()
    {
        await AcquireAsync("a");
        Time.Pass(Length - s_tick);
        Assert.False((await AcquireAsync("b")).Granted);
        Time.Pass(s_tick);
        Assert.Equal(new LeaseAnswer(true, "b", 2, Length), await AcquireAsync("b"));
    }

    [Fact]
    public async Task A_renewal_counts_from_now()
    {
        await AcquireAsync("a");
        Time.Pass(TimeSpan.FromSeconds(3));
        Assert.Equal(new LeaseAnswer(true, "a", 1, Length), await RenewAsync("a", 1));
        Time.Pass(TimeSpan.FromSeconds(3));
        Assert.False((await AcquireAsync("b")).Granted);
    }

    [Fact]
    public async Task A_renewal_never_shortens()
    {
        await AcquireAsync("a");
        LeaseAnswer renewed = await Store.RenewAsync(Name, "a", 1, TimeSpan.FromSeconds(1), default);
        Assert.Equal(Length, renewed.Remaining);
    }

    [Fact]
    public async Task What_has_ended_is_not_renewed_even_if_nobody_else_came()
    {
        await AcquireAsync("a");
        Time.Pass(Length);
        Assert.Equal(new LeaseAnswer(false, "a", 1, TimeSpan.Zero), await RenewAsync("a", 1));
    }

    [Fact]
    public async Task Another_holder_renews_nothing()
    {
        await AcquireAsync("a");
        Assert.False((await RenewAsync("b", 1)).Granted);
    }

    [Fact]
    public async Task An_earlier_term_renews_nothing()
    {
        await AcquireAsync("a");
        await AcquireAsync("a");
        Assert.False((await RenewAsync("a", 1)).Granted);
        Assert.True((await RenewAsync("a", 2)).Granted);
    }

    [Fact]
    public async Task What_was_never_taken_is_neither_renewed_nor_released_nor_broken()
    {
        Assert.False((await RenewAsync("a", 1)).Granted);
        Assert.False(await Store.ReleaseAsync(Name, "a", 1, default));
        Assert.False(await Store.BreakAsync(Name, default));
        Assert.Null(await Store.FindAsync(Name, default));
    }

    [Fact]
    public async Task A_holder_that_asks_again_begins_a_new_term()
    {
        await AcquireAsync("a");
        Assert.Equal(2, (await AcquireAsync("a")).Epoch);
    }

    [Fact]
    public async Task After_a_release_nobody_waits()
    {
        await AcquireAsync("a");
        Assert.True(await Store.ReleaseAsync(Name, "a", 1, default));
        Assert.Equal(new LeaseAnswer(false, "a", 1, TimeSpan.Zero), await Store.FindAsync(Name, default));
        Assert.Equal(new LeaseAnswer(true, "b", 2, Length), await AcquireAsync("b"));
    }

    [Fact]
    public async Task Only_the_holder_of_this_term_releases()
    {
        await AcquireAsync("a");
        Assert.False(await Store.ReleaseAsync(Name, "b", 1, default));
        Assert.False(await Store.ReleaseAsync(Name, "a", 2, default));
        Assert.False((await AcquireAsync("b")).Granted);
    }

    [Fact]
    public async Task A_release_that_comes_too_late_takes_nothing_from_the_next_one()
    {
        await AcquireAsync("a");
        Time.Pass(Length);
        await AcquireAsync("b");
        Assert.False(await Store.ReleaseAsync(Name, "a", 1, default));
        Assert.True((await RenewAsync("b", 2)).Granted);
    }

    [Fact]
    public async Task Who_knows_that_no_holder_lives_breaks_it()
    {
        await AcquireAsync("a");
        Assert.True(await Store.BreakAsync(Name, default));
        Assert.False((await RenewAsync("a", 1)).Granted);
        Assert.Equal(2, (await AcquireAsync("b")).Epoch);
    }

    [Fact]
    public async Task Leases_of_other_names_are_other_leases()
    {
        await AcquireAsync("a");
        Assert.Equal(1, (await Store.AcquireAsync("other", "b", Length, default)).Epoch);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public async Task A_calendar_that_is_set_ends_no_term_and_lengthens_none(int hours)
    {
        await AcquireAsync("a");
        Time.SetCalendar(TimeSpan.FromHours(hours));
        Assert.Equal(Length, (await Store.FindAsync(Name, default))!.Value.Remaining);
        Time.Pass(Length);
        Assert.True((await AcquireAsync("b")).Granted);
    }

    [Theory]
    [InlineData("", "a", 1)]
    [InlineData("gateway", "", 1)]
    [InlineData("gateway", "a", 0)]
    [InlineData("gateway", "a", 3_601)]
    public async Task A_lease_needs_a_name_a_holder_and_a_length_of_up_to_an_hour(string name, string holder, int seconds)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.AcquireAsync(name, holder, TimeSpan.FromSeconds(seconds), default));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.RenewAsync(name, holder, 1, TimeSpan.FromSeconds(seconds), default));
    }

    [Fact]
    public async Task A_question_that_was_given_up_changes_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.AcquireAsync(Name, "a", Length, new CancellationToken(canceled: true)));
        Assert.Null(await Store.FindAsync(Name, default));
    }

    /// <summary>Whatever is asked in whatever order: one term at a time, epochs that only grow, and nothing that a plain model would not say.</summary>
    [Fact]
    public async Task A_model_says_the_same()
    {
        var random = new Random(TestSeed.Value);
        (string Holder, long Epoch, TimeSpan End) model = ("", 0, TimeSpan.Zero);
        TimeSpan now = TimeSpan.Zero;
        for (int step = 0; step < 400; step++)
        {
            string who = "abc"[random.Next(3)].ToString();
            long epoch = Math.Max(1, model.Epoch - random.Next(2));
            bool runs = model.End > now, isTerm = runs && who == model.Holder && epoch == model.Epoch;
            switch (random.Next(6))
            {
                case 0 or 1:
                    var pass = TimeSpan.FromMilliseconds(random.Next(5_000));
                    now += pass;
                    Time.Pass(pass);
                    break;
                case 2:
                    bool taken = !runs || who == model.Holder;
                    model = taken ? (who, model.Epoch + 1, now + Length) : model;
                    Assert.True(taken == (await AcquireAsync(who)).Granted, $"seed {TestSeed.Value}, step {step}");
                    break;
                case 3:
                    model = isTerm ? model with { End = now + Length } : model;
                    Assert.True(isTerm == (await RenewAsync(who, epoch)).Granted, $"seed {TestSeed.Value}, step {step}");
                    break;
                case 4:
                    model = isTerm ? model with { End = now } : model;
                    Assert.True(isTerm == await Store.ReleaseAsync(Name, who, epoch, default), $"seed {TestSeed.Value}, step {step}");
                    break;
                default:
                    model = runs ? model with { End = now } : model;
                    Assert.True(runs == await Store.BreakAsync(Name, default), $"seed {TestSeed.Value}, step {step}");
                    break;
            }

            if (model.Epoch == 0)
                continue;
            TimeSpan left = model.End > now ? model.End - now : TimeSpan.Zero;
            Assert.Equal(new LeaseAnswer(left > TimeSpan.Zero, model.Holder, model.Epoch, left), await Store.FindAsync(Name, default));
        }
    }

    protected ValueTask<LeaseAnswer> AcquireAsync(string holder) => Store.AcquireAsync(Name, holder, Length, default);

    protected ValueTask<LeaseAnswer> RenewAsync(string holder, long epoch) => Store.RenewAsync(Name, holder, epoch, Length, default);
}
