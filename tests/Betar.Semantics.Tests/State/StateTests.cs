using Orleans.Storage;

namespace Betar.Semantics.Tests.State;

[Collection("state")]
public sealed class StateTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    [Theory]
    [InlineData("account")]
    [InlineData("shared-account")]
    public async Task A_new_state_has_its_defaults_and_no_record(string type)
    {
        var view = await Account(type).View();
        Assert.Equal(100, view.Balance);
        Assert.False(view.RecordExists);
        Assert.Null(view.Theme);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("shared-account")]
    public async Task What_was_written_is_there_after_the_grain_came_back(string type)
    {
        var account = Account(type);
        await account.Add(11);
        var written = await account.View();
        await Gone(account);
        var view = await account.View();
        Assert.Equal(111, view.Balance);
        Assert.True(view.RecordExists);
        Assert.Equal(written.Etag, view.Etag);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("shared-account")]
    public async Task What_was_not_written_is_gone(string type)
    {
        var account = Account(type);
        await account.Add(1);
        await account.AddWithoutWriting(1000);
        Assert.Equal(1101, (await account.View()).Balance);
        await Gone(account);
        Assert.Equal(101, (await account.View()).Balance);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("shared-account")]
    public async Task Every_write_changes_the_etag(string type)
    {
        var account = Account(type);
        var first = await account.Write();
        var second = await account.Write();
        Assert.True(first.RecordExists);
        Assert.False(string.IsNullOrEmpty(first.Etag));
        Assert.NotEqual(first.Etag, second.Etag);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("shared-account")]
    public async Task Reading_brings_the_stored_state_back(string type)
    {
        var account = Account(type);
        await account.Add(1);
        await account.AddWithoutWriting(1000);
        Assert.Equal(101, (await account.Read()).Balance);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("shared-account")]
    public async Task Clearing_leaves_the_defaults_and_no_record(string type)
    {
        var account = Account(type);
        await account.Add(1);
        var cleared = await account.Clear();
        Assert.Equal(100, cleared.Balance);
        Assert.False(cleared.RecordExists);
        await Gone(account);
        var view = await account.View();
        Assert.Equal(100, view.Balance);
        Assert.False(view.RecordExists);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("shared-account")]
    public async Task A_cleared_state_can_be_written_again(string type)
    {
        var account = Account(type);
        await account.Add(1);
        await account.Clear();
        await account.Add(5);
        await Gone(account);
        Assert.Equal(105, (await account.View()).Balance);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("shared-account")]
    public async Task Two_states_of_a_grain_are_kept_apart(string type)
    {
        var account = Account(type);
        await account.Add(1);
        await account.SetTheme("dark");
        await account.Clear();
        await Gone(account);
        var view = await account.View();
        Assert.Equal((100, "dark"), (view.Balance, view.Theme));
    }

    [Fact]
    public async Task Grains_of_one_key_and_two_types_do_not_share_state()
    {
        await Account("shared-account").Add(1);
        Assert.Equal(100, (await Account("account").View()).Balance);
    }

    [Fact]
    public async Task Overlapping_writes_end_with_the_last_state()
    {
        var account = Account("shared-account");
        await account.AddMany(10);
        await Gone(account);
        Assert.Equal(110, (await account.View()).Balance);
    }

    [Fact]
    public async Task A_stale_etag_that_leaves_the_grain_deactivates_it()
    {
        var account = Account("shared-account");
        await account.Add(1);
        await account.Calls();
        SharedStorage.Instance.Overtake("account", account.GetGrainId());
        await Assert.ThrowsAsync<InconsistentStateException>(() => account.Add(1));
        await Scene.Until(notes => notes.Any(note => note.StartsWith("left by", StringComparison.Ordinal)), "the end of the activation");
        Assert.Equal(1, await account.Calls());
        await account.Add(1);
        Assert.Equal(102, (await account.View()).Balance);
    }

    [Fact]
    public async Task A_stale_etag_that_the_grain_catches_does_not()
    {
        var account = Account("shared-account");
        await account.Add(1);
        await account.Calls();
        SharedStorage.Instance.Overtake("account", account.GetGrainId());
        Assert.Equal("inconsistent", await account.TryWrite());
        Assert.Equal(2, await account.Calls());
        Assert.Empty(Scene.Notes);
        await account.Read();
        Assert.Equal("written", await account.TryWrite());
    }

    [Fact]
    public async Task A_stale_etag_at_clearing_is_inconsistent_too()
    {
        var account = Account("shared-account");
        await account.Add(1);
        SharedStorage.Instance.Overtake("account", account.GetGrainId());
        await Assert.ThrowsAsync<InconsistentStateException>(account.Clear);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("read")]
    [InlineData("clear")]
    public async Task An_error_of_the_store_reaches_the_grain_and_its_caller_inside_an_exception_of_the_engine(string operation)
    {
        var account = Account("shared-account");
        await account.Add(1);
        SharedStorage.Instance.Faults[(operation, Key)] = new IOException("the disk is full");
        var error = await Assert.ThrowsAsync<OrleansException>(() => operation switch
        {
            "write" => account.Write(),
            "read" => account.Read(),
            _ => account.Clear(),
        });
        Assert.Equal("the disk is full", Assert.IsType<IOException>(error.InnerException).Message);
        SharedStorage.Instance.Faults.TryRemove((operation, Key), out _);
        Assert.Equal(101, (await account.Read()).Balance);
        Assert.Empty(Scene.Notes);
    }

    [Fact]
    public async Task A_store_that_fails_at_activation_fails_the_call_and_the_next_tries_again()
    {
        var account = Account("shared-account");
        SharedStorage.Instance.Faults[("read", Key)] = new IOException("the disk is gone");
        var error = await Assert.ThrowsAnyAsync<Exception>(account.View);
        Assert.Contains("the disk is gone", error.ToString(), StringComparison.Ordinal);
        SharedStorage.Instance.Faults.TryRemove(("read", Key), out _);
        Assert.Equal(100, (await account.View()).Balance);
    }

    [Fact]
    public async Task A_provider_that_nobody_registered_fails_the_call_by_its_name()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(Account("lost-account").View);
        Assert.Contains("nowhere", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_cannot_be_touched_from_outside_the_activation() =>
        Assert.Equal("refused", await Account("account").TouchStateFromOutside());

    IAccountGrain Account(string type) => Grains.GetGrain<IAccountGrain>(GrainId.Create(type, Key));

    async Task Gone(IAccountGrain account)
    {
        var before = Scene.Count("left by ApplicationRequested");
        await account.Leave();
        await Scene.Seen("left by ApplicationRequested", before + 1);
    }
}
