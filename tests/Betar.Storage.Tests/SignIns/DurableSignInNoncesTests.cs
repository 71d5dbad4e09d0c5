using Betar.Storage.SignIns;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Storage.Tests.SignIns;

/// <summary>A nonce is good once, until its time is over, and over restarts.</summary>
public sealed class DurableSignInNoncesTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private BetarDatabase _database = null!;
    private DurableSignInNonces _nonces = null!;

    public async Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Database);
        _nonces = await OpenAsync(_database);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_is_good_once()
    {
        var nonce = await IssueAsync();
        Assert.True(await _nonces.TryUseAsync(nonce, default));
        Assert.False(await _nonces.TryUseAsync(nonce, default));
    }

    [Fact]
    public async Task Of_64_at_once_one_signs_in()
    {
        var nonce = await IssueAsync();
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _nonces.TryUseAsync(nonce, default)))), isFirst => isFirst);
    }

    [Fact]
    public async Task What_was_given_out_before_a_crash_is_good_afterwards_and_what_was_used_is_not()
    {
        var (used, open) = (await IssueAsync(), await IssueAsync());
        await _nonces.TryUseAsync(used, default);

        await using var database = BetarDatabase.Open(Crash.Copy(_folder));
        var after = await OpenAsync(database);

        Assert.False(await after.TryUseAsync(used, default));
        Assert.True(await after.TryUseAsync(open, default));
        Assert.False(await after.TryUseAsync(open, default));
    }

    [Fact]
    public async Task When_its_time_is_over_it_is_good_no_more()
    {
        var (late, last) = (await IssueAsync(), await IssueAsync());
        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.True(await _nonces.TryUseAsync(last, default));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await _nonces.TryUseAsync(late, default));
    }

    [Fact]
    public async Task What_nobody_gave_out_is_not_good()
    {
        var nonce = await IssueAsync();
        var random = new Random(TestSeed.Value);
        foreach (var other in new[] { "", "ab", nonce.ToUpperInvariant(), nonce[1..], nonce + "0", new string('z', 64), new string('0', 64) })
            Assert.False(await _nonces.TryUseAsync(other, default), other);
        for (var place = 0; place < nonce.Length; place++)
        {
            var digit = "0123456789abcdef"[random.Next(16)];
            var other = nonce[..place] + (digit == nonce[place] ? digit == '0' ? '1' : '0' : digit) + nonce[(place + 1)..];
            Assert.False(await _nonces.TryUseAsync(other, default), $"Seed {TestSeed.Value}, place {place}.");
        }

        Assert.True(await _nonces.TryUseAsync(nonce, default));
    }

    [Fact]
    public async Task Another_servers_nonce_is_not_good_here()
    {
        using var elsewhere = new TempFolder();
        await using var database = BetarDatabase.Open(elsewhere.Database);
        Assert.False(await _nonces.TryUseAsync(await (await OpenAsync(database)).IssueAsync(_time.GetUtcNow() + TimeSpan.FromMinutes(5), default), default));
    }

    [Fact]
    public async Task Giving_one_out_writes_nothing_and_no_two_are_the_same()
    {
        var all = new HashSet<string>();
        for (var i = 0; i < 1_000; i++)
            Assert.True(all.Add(await IssueAsync()));
        Assert.Equal(0, RawFile.Number(_folder.Database, "SELECT count(*) FROM sign_in_used"));
        Assert.All(all, nonce => Assert.Matches("^[0-9a-f]{64}$", nonce));
    }

    [Fact]
    public async Task No_more_are_remembered_than_are_allowed_and_the_old_make_room()
    {
        var few = await OpenAsync(_database, 2);
        Assert.True(await few.TryUseAsync(await IssueAsync(), default));
        Assert.True(await few.TryUseAsync(await IssueAsync(), default));
        var third = await few.IssueAsync(_time.GetUtcNow() + TimeSpan.FromMinutes(10), default);
        Assert.False(await few.TryUseAsync(third, default));
        Assert.Equal(2, RawFile.Number(_folder.Database, "SELECT count(*) FROM sign_in_used"));

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.True(await few.TryUseAsync(third, default));
        Assert.Equal(1, RawFile.Number(_folder.Database, "SELECT count(*) FROM sign_in_used"));
    }

    [Fact]
    public async Task Those_of_before_count_after_a_restart()
    {
        await _nonces.TryUseAsync(await IssueAsync(), default);
        Assert.False(await (await OpenAsync(_database, 1)).TryUseAsync(await IssueAsync(), default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000_001)]
    public async Task Options_have_their_bounds(int most)
    {
        Assert.Single(new SignInNonceOptions { MaxUsed = most }.Faults());
        await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync(_database, most));
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_is_named()
    {
        RawFile.Execute(_folder.Database, "UPDATE sign_in_key SET key = x'00'");
        Assert.Equal(StorageFailure.Corrupt, (await Assert.ThrowsAsync<StorageException>(() => OpenAsync(_database))).Failure);
    }

    private Task<string> IssueAsync() => _nonces.IssueAsync(_time.GetUtcNow() + TimeSpan.FromMinutes(5), default);

    private Task<DurableSignInNonces> OpenAsync(BetarDatabase database, int most = 1_000_000) =>
        DurableSignInNonces.OpenAsync(database, new SignInNonceOptions { MaxUsed = most }, _time, default);
}
