using System.Text;
using Betar.Storage.Idempotency;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Storage.Tests.Idempotency;

/// <summary>One key is one request, over restarts, until its time is over.</summary>
public sealed class DurableIdempotencyTests : IAsyncLifetime
{
    private static readonly byte[] s_key = [1], s_request = [2], s_other = [3];
    private static readonly KeptAnswer s_answer = new(201, "application/json", "{}"u8.ToArray());

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private BetarDatabase _database = null!;
    private DurableIdempotency _keys = null!;

    public async Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Database);
        _keys = await OpenAsync(_database);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_first_does_it_and_the_rest_get_its_answer()
    {
        Assert.Equal(IdempotencyState.First, await StateAsync(s_key, s_request));
        Assert.Equal(IdempotencyState.UnderWay, await StateAsync(s_key, s_request));
        await _keys.CompleteAsync(s_key, s_answer);

        IdempotencyEntry entry = await _keys.BeginAsync(s_key, s_request, default);
        Assert.Equal((IdempotencyState.Done, 201, "application/json", "{}"), (entry.State, entry.Answer!.Status, entry.Answer.ContentType, Encoding.UTF8.GetString(entry.Answer.Body.Span)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_request_does_not_get_the_key(bool isDone)
    {
        await _keys.BeginAsync(s_key, s_request, default);
        if (isDone)
            await _keys.CompleteAsync(s_key, s_answer);

        Assert.Equal(IdempotencyState.Conflict, await StateAsync(s_key, s_other));
    }

    [Fact]
    public async Task Of_64_at_once_one_is_the_first()
    {
        IdempotencyState[] states = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => StateAsync(s_key, s_request))));

        Assert.Single(states, state => state == IdempotencyState.First);
        Assert.Equal(63, states.Count(state => state == IdempotencyState.UnderWay));
    }

    [Fact]
    public async Task What_was_released_was_never_there()
    {
        await _keys.BeginAsync(s_key, s_request, default);
        await _keys.ReleaseAsync(s_key);

        Assert.Equal(IdempotencyState.First, await StateAsync(s_key, s_other));
    }

    [Fact]
    public async Task What_is_done_cannot_be_released()
    {
        await _keys.BeginAsync(s_key, s_request, default);
        await _keys.CompleteAsync(s_key, s_answer);
        await _keys.ReleaseAsync(s_key);

        Assert.Equal(IdempotencyState.Done, await StateAsync(s_key, s_request));
    }

    [Fact]
    public async Task After_a_crash_answers_are_there_and_what_was_under_way_is_done_again()
    {
        await _keys.BeginAsync(s_key, s_request, default);
        await _keys.CompleteAsync(s_key, s_answer);
        await _keys.BeginAsync(s_other, s_request, default);

        await using var database = BetarDatabase.Open(Crash.Copy(_folder));
        DurableIdempotency after = await OpenAsync(database);

        Assert.Equal(IdempotencyState.Done, (await after.BeginAsync(s_key, s_request, default)).State);
        Assert.Equal(IdempotencyState.First, (await after.BeginAsync(s_other, s_request, default)).State);
    }

    [Fact]
    public async Task A_key_counts_for_a_day()
    {
        await _keys.BeginAsync(s_key, s_request, default);
        await _keys.CompleteAsync(s_key, s_answer);
        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(IdempotencyState.Conflict, await StateAsync(s_key, s_other));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(IdempotencyState.First, await StateAsync(s_key, s_other));
    }

    [Fact]
    public async Task What_is_under_way_keeps_its_key_however_long_it_takes()
    {
        await _keys.BeginAsync(s_key, s_request, default);
        _time.Advance(TimeSpan.FromDays(7));

        Assert.Equal(IdempotencyState.UnderWay, await StateAsync(s_key, s_request));
    }

    [Fact]
    public async Task When_it_is_full_new_keys_are_refused_and_old_ones_kept()
    {
        _keys = await OpenAsync(_database, new IdempotencyOptions { MaxKeys = 1 });
        await _keys.BeginAsync(s_key, s_request, default);
        await _keys.CompleteAsync(s_key, s_answer);

        Assert.Equal(IdempotencyState.Full, await StateAsync(s_other, s_request));
        Assert.Equal(IdempotencyState.Done, await StateAsync(s_key, s_request));
        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(IdempotencyState.First, await StateAsync(s_other, s_request));
    }

    [Fact]
    public async Task Answers_fill_it_too_and_go_with_their_time()
    {
        _keys = await OpenAsync(_database, new IdempotencyOptions { MaxBytes = 2 });
        await _keys.BeginAsync(s_key, s_request, default);
        await _keys.CompleteAsync(s_key, s_answer);

        Assert.Equal(IdempotencyState.Full, await StateAsync(s_other, s_request));
        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(IdempotencyState.First, await StateAsync(s_other, s_request));
        Assert.Equal(IdempotencyState.First, await StateAsync([9], s_request));
    }

    [Theory]
    [InlineData(59, 1, 1)]
    [InlineData(60, 0, 1)]
    [InlineData(60, 1, 0)]
    public async Task Options_have_their_ranges(int seconds, int keys, int bytes) => await Assert.ThrowsAsync<ArgumentException>(
        () => OpenAsync(_database, new IdempotencyOptions { Keep = TimeSpan.FromSeconds(seconds), MaxKeys = keys, MaxBytes = bytes }));

    [Fact]
    public void When_nobody_says_otherwise_a_hundred_thousand_count_for_a_day() => Assert.Equal(
        (TimeSpan.FromHours(24), 100_000, 256L << 20), (new IdempotencyOptions().Keep, new IdempotencyOptions().MaxKeys, new IdempotencyOptions().MaxBytes));

    private async Task<IdempotencyState> StateAsync(byte[] key, byte[] request) => (await _keys.BeginAsync(key, request, default)).State;

    private Task<DurableIdempotency> OpenAsync(BetarDatabase database, IdempotencyOptions? options = null) =>
        DurableIdempotency.OpenAsync(database, options ?? new IdempotencyOptions(), _time, default);
}
