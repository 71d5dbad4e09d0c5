using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Facilitating;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Facilitating;

/// <summary>What a book keeps of a settlement, and what it lets go.</summary>
public sealed class MemorySettlementBookTests
{
    private static readonly PaymentKey Key = new(NetworkId.BaseSepolia, Address.Parse(Golden.Usdc), Address.Parse(Vectors.Payer), Nonce.Parse(Vectors.Nonce));
    private static readonly SettleResponse Settled = new() { Success = true, Transaction = "0x1" };
    private readonly ManualTime _time = new();
    private readonly MemorySettlementBook _book;

    public MemorySettlementBookTests() => _book = new MemorySettlementBook(_time, 2);

    private DateTimeOffset End { get; } = new ManualTime().GetUtcNow() + TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_sent_nothing_may_be_tried_again()
    {
        await BeginAsync("a");
        await _book.EndAsync(Key, SettleResponse.Failed("no", "eip155:84532"), default);
        Assert.Equal((true, false), Told(await BeginAsync("b")));
    }

    [Fact]
    public async Task What_failed_with_a_transaction_is_kept()
    {
        var failed = SettleResponse.Failed("reverted", "eip155:84532") with { Transaction = "0x1" };
        await BeginAsync("a");
        await _book.EndAsync(Key, failed, default);

        Assert.Equal((false, "0x1"), ((await BeginAsync("b")).IsOwner, (await BeginAsync("b")).Transaction));
        Assert.Equal(failed, (await BeginAsync("a")).Response);
        Assert.False(await _book.IsPendingAsync(Key, default));
    }

    [Fact]
    public async Task What_is_pending_is_taken_up_again_by_whoever_comes()
    {
        await BeginAsync("a");
        Assert.False(await _book.IsPendingAsync(Key, default));
        await _book.EndAsync(Key, SettleResponse.Failed(WireReasons.SettlementPending, "eip155:84532"), default);

        Assert.True(await _book.IsPendingAsync(Key, default));
        Assert.Equal((true, true), Told(await BeginAsync("b")));
        Assert.False(await _book.IsPendingAsync(Key, default));
        Assert.False((await BeginAsync(null)).IsOwner);
    }

    [Fact]
    public async Task What_ends_in_the_last_moment_of_its_time_is_kept_and_a_moment_later_is_not()
    {
        await BeginAsync("a");
        _time.Advance(TimeSpan.FromMinutes(1));
        await _book.EndAsync(Key, Settled, default);
        Assert.Equal(Settled, (await BeginAsync("a")).Response);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((true, false), Told(await BeginAsync("a")));
        await _book.EndAsync(Key, Settled, default);
        Assert.Equal((true, false), Told(await BeginAsync("a")));
    }

    [Fact]
    public async Task A_full_book_says_so_and_takes_more_when_one_has_gone()
    {
        await BeginAsync("a");
        await _book.BeginAsync(Key with { From = Vectors.SellerAddress }, "a", End, default);
        var third = Key with { From = Address.Parse(Vectors.Other) };
        Assert.Equal(
            (false, "unexpected_settle_error", "too many settlements at once"),
            await _book.BeginAsync(third, "a", End, default) is { IsOwner: var owns, Response: { } told } ? (owns, told.ErrorReason, told.ErrorMessage) : default);

        await _book.EndAsync(Key, SettleResponse.Failed("no", "eip155:84532"), default);
        Assert.True((await _book.BeginAsync(third, "a", End, default)).IsOwner);
    }

    private Task<SettlementEntry> BeginAsync(string? attempt) => _book.BeginAsync(Key, attempt, End, default);

    private static (bool IsOwner, bool IsResumed) Told(SettlementEntry entry) => (entry.IsOwner, entry.IsResumed);
}
