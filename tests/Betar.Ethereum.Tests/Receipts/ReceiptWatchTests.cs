using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Receipts;

/// <summary>Each state of a transaction that was sent, and how it is left.</summary>
public sealed class ReceiptWatchTests
{
    readonly ModelChain _chain = new();
    readonly SignedTransaction _sent = Transaction();

    [Fact]
    public async Task It_waits_is_included_and_confirmed()
    {
        var watch = Watch(confirmations: 3);
        _chain.Pool(_sent);
        Assert.Equal(ReceiptState.Pending, await StateAsync(watch));
        var block = _chain.Mine(_sent);
        var included = await watch.LookAsync(default);
        Assert.Equal((ReceiptState.Included, 1UL, false), (included.State, included.Confirmations, included.IsFinal));
        Assert.Equal(block.Header.Hash, watch.LastBlock);
        _chain.Mine();
        Assert.Equal(ReceiptState.Included, await StateAsync(watch));
        _chain.Mine();

        var confirmed = await watch.LookAsync(default);
        Assert.Equal((ReceiptState.Confirmed, 3UL, true), (confirmed.State, confirmed.Confirmations, confirmed.IsFinal));
        Assert.Equal(_sent.Hash, confirmed.Receipt!.TransactionHash);
    }

    [Fact]
    public async Task A_block_that_goes_is_told_once_and_the_transaction_waits_again()
    {
        var watch = Watch(confirmations: 3);
        var block = _chain.Mine(_sent);
        Assert.Equal(ReceiptState.Included, await StateAsync(watch));
        _chain.Reorganise(1, keep: true);
        _chain.Mine();

        var lost = await watch.LookAsync(default);
        Assert.Equal((ReceiptState.Reorganised, (Hash32?)block.Header.Hash), (lost.State, lost.LostBlock));
        Assert.Null(lost.Receipt);
        Assert.Equal(ReceiptState.Pending, await StateAsync(watch));
        _chain.Mine(_sent);
        Assert.Equal(ReceiptState.Included, await StateAsync(watch));
    }

    [Fact]
    public async Task A_move_to_another_block_is_told_too()
    {
        var watch = Watch(confirmations: 2);
        var first = _chain.Mine(_sent);
        await watch.LookAsync(default);
        _chain.Reorganise(1, keep: true);
        _chain.Mine(_sent);

        Assert.Equal(first.Header.Hash, (await watch.LookAsync(default)).LostBlock);
        Assert.Equal(ReceiptState.Included, await StateAsync(watch));
    }

    [Fact]
    public async Task A_confirmed_one_is_noticed_when_its_block_goes_also_after_a_restart()
    {
        var watch = Watch();
        var block = _chain.Mine(_sent);
        Assert.Equal(ReceiptState.Confirmed, await StateAsync(watch));
        _chain.Reorganise(1);
        _chain.Mine();
        var again = new ReceiptWatch(_chain, WatchedTransaction.Of(_sent), new ReceiptWatchOptions { MissingLooks = 1 }, null, watch.LastBlock);

        Assert.Equal(block.Header.Hash, (await again.LookAsync(default)).LostBlock);
        Assert.Equal(ReceiptState.Dropped, await StateAsync(again));
    }

    [Fact]
    public async Task What_the_node_let_go_is_dropped_after_a_few_looks()
    {
        var watch = Watch(missing: 3);
        _chain.Pool(_sent);
        Assert.Equal(ReceiptState.Pending, await StateAsync(watch));
        _chain.Drop(_sent);
        Assert.Equal([ReceiptState.Pending, ReceiptState.Pending, ReceiptState.Dropped, ReceiptState.Dropped], await StatesAsync(watch, 4));
        _chain.Pool(_sent);
        Assert.Equal(ReceiptState.Pending, await StateAsync(watch));
        _chain.Drop(_sent);

        Assert.Equal([ReceiptState.Pending, ReceiptState.Pending, ReceiptState.Dropped], await StatesAsync(watch, 3));
    }

    [Fact]
    public async Task Another_of_the_same_nonce_replaces_it_once_it_is_as_deep_as_a_confirmation()
    {
        var watch = Watch(confirmations: 3, missing: 2);
        _chain.Mine(Transaction(value: 1));
        Assert.Equal([ReceiptState.Pending, ReceiptState.Pending], await StatesAsync(watch, 2));
        _chain.Mine();
        Assert.Equal(ReceiptState.Pending, await StateAsync(watch));
        _chain.Mine();

        var replaced = await watch.LookAsync(default);
        Assert.Equal((ReceiptState.Replaced, true), (replaced.State, replaced.IsFinal));
    }

    [Fact]
    public async Task A_receipt_that_comes_late_is_no_replacement()
    {
        var watch = Watch();
        _chain.Mine(_sent);
        _chain.ReceiptsLag = true;
        Assert.Equal(ReceiptState.Pending, await StateAsync(watch));
        _chain.ReceiptsLag = false;

        Assert.Equal(ReceiptState.Confirmed, await StateAsync(watch));
    }

    [Fact]
    public async Task A_used_nonce_is_looked_at_as_often_as_a_missing_transaction()
    {
        var watch = Watch(missing: 3);
        _chain.Mine(Transaction(value: 1));

        Assert.Equal([ReceiptState.Pending, ReceiptState.Pending, ReceiptState.Replaced], await StatesAsync(watch, 3));
    }

    [Fact]
    public async Task A_replacement_whose_block_goes_is_none()
    {
        var watch = Watch(confirmations: 2);
        _chain.Mine(Transaction(value: 1));
        await watch.LookAsync(default);
        _chain.Reorganise(1);
        _chain.Mine(_sent);
        Assert.Equal(ReceiptState.Included, await StateAsync(watch));
        _chain.Reorganise(1);
        _chain.Mine(Transaction(value: 1));

        Assert.Equal([ReceiptState.Reorganised, ReceiptState.Pending], await StatesAsync(watch, 2));
        _chain.Mine();
        Assert.Equal(ReceiptState.Replaced, await StateAsync(watch));
    }

    [Fact]
    public async Task A_receipt_of_a_block_that_the_chain_does_not_have_is_not_believed()
    {
        _chain.Mine(_sent);
        var liar = new StaleReceipts(_chain, (await _chain.GetReceiptAsync(_sent.Hash, default))! with { BlockHash = ModelChain.HashOf("elsewhere") });

        Assert.Equal(ReceiptState.Pending, (await new ReceiptWatch(liar, WatchedTransaction.Of(_sent)).LookAsync(default)).State);
    }

    [Fact]
    public async Task A_receipt_of_a_height_that_the_chain_does_not_have_is_not_believed()
    {
        _chain.Mine(_sent);
        var liar = new StaleReceipts(_chain, (await _chain.GetReceiptAsync(_sent.Hash, default))! with { BlockNumber = 1_000_000 });

        Assert.Equal(ReceiptState.Pending, (await new ReceiptWatch(liar, WatchedTransaction.Of(_sent)).LookAsync(default)).State);
    }

    [Theory]
    [InlineData("eth_getTransactionReceipt", false)]
    [InlineData("eth_getBlockByNumber", false)]
    [InlineData("eth_getTransactionCount", false)]
    [InlineData("eth_getTransactionByHash", false)]
    [InlineData("eth_getTransactionReceipt", true)]
    [InlineData("eth_getBlockByNumber", true)]
    public async Task A_chain_that_does_not_answer_says_nothing_and_is_no_loss(string method, bool included)
    {
        var watch = Watch(missing: 1);
        if (included)
            _chain.Mine(_sent);
        else
            _chain.Pool(_sent);
        var before = await StateAsync(watch);
        _chain.Silent.Add(method);
        var blind = await watch.LookAsync(default);
        _chain.Silent.Clear();

        Assert.Equal((ReceiptState.Unavailable, false), (blind.State, blind.IsFinal));
        Assert.Contains("in time", blind.Detail, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(watch));
    }

    [Fact]
    public async Task A_failure_on_the_chain_is_confirmed_as_a_failure()
    {
        _chain.Mine(_sent);
        var failing = new StaleReceipts(_chain, (await _chain.GetReceiptAsync(_sent.Hash, default))! with { Succeeded = false });
        var sighting = await new ReceiptWatch(failing, WatchedTransaction.Of(_sent)).LookAsync(default);

        Assert.Equal((ReceiptState.Confirmed, false), (sighting.State, sighting.Receipt!.Succeeded));
    }

    ReceiptWatch Watch(int confirmations = 1, int missing = 1) =>
        new(_chain, WatchedTransaction.Of(_sent), new ReceiptWatchOptions { Confirmations = confirmations, MissingLooks = missing });

    static async Task<ReceiptState> StateAsync(ReceiptWatch watch) => (await watch.LookAsync(default)).State;

    static async Task<List<ReceiptState>> StatesAsync(ReceiptWatch watch, int looks)
    {
        var states = new List<ReceiptState>();
        for (var look = 0; look < looks; look++)
            states.Add(await StateAsync(watch));
        return states;
    }

    internal static SignedTransaction Transaction(ulong nonce = 0, ulong value = 0) => new Eip1559Transaction
    {
        ChainId = 84532, Nonce = nonce, GasLimit = 21_000, To = TestKeys.SellerAddress, Value = value,
    }.Sign(TestKeys.Sender);
}
