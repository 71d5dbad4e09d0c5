using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Receipts;

/// <summary>Following over time, on a clock of the test's.</summary>
public sealed class ReceiptFollowTests
{
    readonly ModelChain _chain = new();
    readonly SignedTransaction _sent = ReceiptWatchTests.Transaction();

    [Fact]
    public async Task It_is_followed_to_its_confirmation_and_each_change_is_told()
    {
        var told = new List<ReceiptState>();
        _chain.Pool(_sent);
        var last = await Watch(new ReceiptWatchOptions { Confirmations = 3, Interval = TimeSpan.FromMilliseconds(100) }).FollowAsync(
            sighting =>
            {
                told.Add(sighting.State);
                _ = sighting.State == ReceiptState.Pending ? _chain.Mine(_sent) : _chain.Mine();
            },
            default);

        Assert.Equal(ReceiptState.Confirmed, last.State);
        Assert.Equal([ReceiptState.Pending, ReceiptState.Included, ReceiptState.Included, ReceiptState.Confirmed], told);
    }

    [Fact]
    public async Task A_reorganisation_on_the_way_is_told_and_does_not_end_it()
    {
        var told = new List<ReceiptState>();
        _chain.Pool(_sent);
        var last = await Watch(new ReceiptWatchOptions { Confirmations = 2, Interval = TimeSpan.FromMilliseconds(100) }).FollowAsync(
            sighting =>
            {
                told.Add(sighting.State);
                if (told is [ReceiptState.Pending])
                    _chain.Mine(_sent);
                else if (told is [_, ReceiptState.Included])
                    _chain.Reorganise(1, keep: true);
                else if (told is [_, _, ReceiptState.Reorganised])
                    _chain.Mine(_sent);
                else
                    _chain.Mine();
            },
            default);

        Assert.Equal(ReceiptState.Confirmed, last.State);
        Assert.Equal([ReceiptState.Pending, ReceiptState.Included, ReceiptState.Reorganised, ReceiptState.Included, ReceiptState.Confirmed], told);
    }

    [Fact]
    public async Task After_the_time_the_last_sighting_is_the_answer()
    {
        _chain.Pool(_sent);
        var last = await Watch(new ReceiptWatchOptions { Interval = TimeSpan.FromMilliseconds(300), Timeout = TimeSpan.FromSeconds(1) }).FollowAsync(null, default);

        Assert.Equal(ReceiptState.Pending, last.State);
        Assert.Equal(5, _chain.Asked.Count(method => method == "eth_getTransactionReceipt"));
    }

    [Fact]
    public async Task Without_time_it_is_looked_at_once()
    {
        var last = await Watch(new ReceiptWatchOptions { Timeout = TimeSpan.Zero }).FollowAsync(null, default);

        Assert.Equal(ReceiptState.Pending, last.State);
        Assert.Single(_chain.Asked, "eth_getTransactionReceipt");
    }

    [Fact]
    public async Task What_is_dropped_or_replaced_is_not_waited_for()
    {
        var options = new ReceiptWatchOptions { Interval = TimeSpan.FromMilliseconds(100) };
        Assert.Equal(ReceiptState.Dropped, (await Watch(options).FollowAsync(null, default)).State);
        _chain.Mine(ReceiptWatchTests.Transaction(value: 1));

        Assert.Equal(ReceiptState.Replaced, (await Watch(options).FollowAsync(null, default)).State);
    }

    [Fact]
    public async Task Who_stops_waiting_is_let_go()
    {
        using var stop = new CancellationTokenSource();
        _chain.Pool(_sent);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Watch(new ReceiptWatchOptions()).FollowAsync(_ => stop.Cancel(), stop.Token));
    }

    ReceiptWatch Watch(ReceiptWatchOptions options) => new(_chain, WatchedTransaction.Of(_sent), options, new HastyTime());
}
