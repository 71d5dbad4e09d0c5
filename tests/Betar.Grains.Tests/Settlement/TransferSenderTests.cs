using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Settlement;
using Betar.Grains.Tests.Support;
using Betar.X402;

namespace Betar.Grains.Tests.Settlement;

/// <summary>What is sent when the chain does not take it, on a chain whose every answer is written down.</summary>
public sealed class TransferSenderTests : IDisposable
{
    private static readonly TransactionReceipt s_included = new(Samples.Transaction, true, 1, Hash32.Zero, 0, Samples.Payee, Samples.Token, 1, []);
    private static readonly RpcOutcome<TransactionReceipt> s_waits =
        RpcOutcome.Error<TransactionReceipt>(new RpcError(RpcError.InclusionTimedOut, "not in time", default));

    private static readonly FeeQuote s_price = new(100, 10, 40, HasBaseFee: true);

    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly List<(ulong Nonce, UInt256 Fee)> _sent = [];
    private readonly List<string> _told = [];
    private readonly Queue<ulong> _counts = [];

    [Fact]
    public async Task What_is_taken_at_once_is_sent_once()
    {
        _counts.Enqueue(7);
        Assert.True((await SendAsync(_ => RpcOutcome.Value(s_included)))!.Value.IsValue);
        Assert.Equal([(7ul, (UInt256)100)], _sent);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task What_no_block_takes_is_outbid_in_its_own_place()
    {
        foreach (ulong count in new ulong[] { 7, 7, 7 })
            _counts.Enqueue(count);
        Assert.True((await SendAsync(transaction => transaction.MaxFeePerGas < 150 ? s_waits : RpcOutcome.Value(s_included)))!.Value.IsValue);
        Assert.Equal([(7ul, (UInt256)100), (7ul, (UInt256)125), (7ul, (UInt256)157)], _sent);
        Assert.Equal(["replaced 7", "replaced 7"], _told);
    }

    [Fact]
    public async Task It_is_outbid_so_often_and_no_more()
    {
        foreach (ulong count in new ulong[] { 7, 7, 7, 7, 7 })
            _counts.Enqueue(count);
        RpcOutcome<TransactionReceipt>? end = await SendAsync(_ => s_waits);
        Assert.Equal(RpcError.InclusionTimedOut, end!.Value.Error!.Code);
        Assert.Equal(3, _sent.Count);
    }

    [Fact]
    public async Task A_nonce_that_is_taken_already_is_followed_by_the_next_so_often_and_no_more()
    {
        foreach (ulong count in new ulong[] { 7, 8, 9, 10 })
            _counts.Enqueue(count);
        RpcOutcome<TransactionReceipt>? end = await SendAsync(_ => RpcOutcome.Error<TransactionReceipt>(new RpcError(-32000, "nonce too low", default)));
        Assert.True(end!.Value.Error!.IsNonceTooLow);
        Assert.Equal([7ul, 8ul, 9ul], _sent.Select(sent => sent.Nonce));
        Assert.Equal(["taken 7", "taken 8"], _told);
    }

    [Fact]
    public async Task Never_above_the_ceiling()
    {
        foreach (ulong count in new ulong[] { 7, 7, 7, 7 })
            _counts.Enqueue(count);
        await SendAsync(_ => s_waits, ceiling: 130);
        Assert.Equal([(7ul, (UInt256)100), (7ul, (UInt256)125)], _sent);
    }

    [Fact]
    public async Task A_transaction_from_before_our_start_that_holds_the_account_up_is_replaced()
    {
        // Pending says 7, and no block has taken 5.
        foreach (ulong count in new ulong[] { 7, 5, 5 })
            _counts.Enqueue(count);
        Assert.True((await SendAsync(transaction => transaction.Nonce == 5 ? RpcOutcome.Value(s_included) : s_waits))!.Value.IsValue);
        Assert.Equal([7ul, 5ul], _sent.Select(sent => sent.Nonce));
        Assert.Equal(["stuck 5"], _told);
    }

    [Fact]
    public async Task One_that_goes_on_holding_it_up_is_outbid_in_its_place()
    {
        foreach (ulong count in new ulong[] { 7, 5, 5 })
            _counts.Enqueue(count);
        await SendAsync(_ => s_waits);
        Assert.Equal([(7ul, (UInt256)100), (5ul, (UInt256)100), (5ul, (UInt256)125)], _sent);
    }

    [Fact]
    public async Task One_of_ours_that_is_on_its_way_is_left_to_whoever_sent_it()
    {
        foreach (ulong count in new ulong[] { 5, 5, 5 })
            _counts.Enqueue(count);
        TransactionNonces nonces = Nonces();
        Assert.Equal(5ul, await nonces.TakeAsync());
        await SendAsync(_ => s_waits, nonces: nonces);
        Assert.Equal([6ul], _sent.Select(sent => sent.Nonce));
    }

    [Fact]
    public async Task What_a_block_took_meanwhile_is_not_sent_again()
    {
        foreach (ulong count in new ulong[] { 7, 8 })
            _counts.Enqueue(count);
        await SendAsync(_ => s_waits);
        Assert.Single(_sent);
    }

    [Theory]
    [InlineData("replacement transaction underpriced")]
    [InlineData("nonce too low")]
    public async Task A_replacement_that_is_refused_leaves_the_first_transaction_waiting(string refusal)
    {
        foreach (ulong count in new ulong[] { 7, 7, 7 })
            _counts.Enqueue(count);
        RpcOutcome<TransactionReceipt>? end = await SendAsync(
            transaction => transaction.MaxFeePerGas == 100 ? s_waits : RpcOutcome.Error<TransactionReceipt>(new RpcError(-32000, refusal, default)));
        Assert.Equal(RpcError.InclusionTimedOut, end!.Value.Error!.Code);
    }

    [Fact]
    public async Task What_could_happen_twice_keeps_to_one_place_and_is_outbid_there()
    {
        foreach (ulong count in new ulong[] { 7, 7, 7 })
            _counts.Enqueue(count);
        Assert.Equal((true, 7ul), await SendOnceAsync(transaction => transaction.MaxFeePerGas < 150 ? s_waits : RpcOutcome.Value(s_included)));
        Assert.Equal([7ul, 7ul, 7ul], _sent.Select(sent => sent.Nonce));
    }

    [Fact]
    public async Task It_fills_nobodys_place()
    {
        foreach (ulong count in new ulong[] { 7, 5 })
            _counts.Enqueue(count);
        Assert.Equal((false, 7ul), await SendOnceAsync(_ => s_waits));
        Assert.Equal([7ul], _sent.Select(sent => sent.Nonce));
        Assert.Empty(_told);
    }

    /// <summary>"Taken" may mean that it was taken by this very call, whose answer was lost.</summary>
    [Fact]
    public async Task It_goes_to_no_other_place_when_its_own_is_taken()
    {
        _counts.Enqueue(7);
        Assert.Equal((false, 7ul), await SendOnceAsync(_ => RpcOutcome.Error<TransactionReceipt>(new RpcError(-32000, "nonce too low", default))));
        Assert.Single(_sent);
    }

    [Fact]
    public async Task A_chain_that_cannot_say_the_next_nonce_gets_nothing()
    {
        Assert.Null(await SendAsync(_ => throw new InvalidOperationException("sent"), silent: true));
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task On_a_chain_without_a_base_fee_the_transaction_is_of_the_old_kind()
    {
        _counts.Enqueue(7);
        byte[]? raw = null;
        var chain = new ScriptedChain { Count = () => Task.FromResult(_counts.Dequeue()), Raw = bytes => raw = bytes };
        await New(chain, new TransactionNonces(chain, Address.FromKey(_key)), 1_000).SendAsync(Call, new FeeQuote(100, 100, 0, HasBaseFee: false));
        Assert.True(LegacyTransaction.TryDecode(raw, out SignedLegacyTransaction? legacy, out string? fault), fault);
        Assert.Equal((7ul, (UInt256)100, 84532ul), (legacy!.Transaction.Nonce, legacy.Transaction.GasPrice, legacy.Transaction.ChainId));
    }

    public void Dispose() => _key.Dispose();

    private static ContractCall Call => new(Samples.Token, new byte[] { 1, 2 }, 50_000);

    private TransactionNonces Nonces(bool silent = false) => new(new ScriptedChain
    {
        Count = () => silent ? Task.FromException<ulong>(ScriptedChain.Silence) : Task.FromResult(_counts.Dequeue()),
    }, Address.FromKey(_key));

    private Task<RpcOutcome<TransactionReceipt>?> SendAsync(
        Func<Eip1559Transaction, RpcOutcome<TransactionReceipt>> answer, ulong ceiling = 1_000_000, TransactionNonces? nonces = null, bool silent = false) =>
        New(Chain(answer), nonces ?? Nonces(silent), ceiling).SendAsync(Call, s_price);

    [Fact]
    public async Task A_batch_is_outbid_in_its_place_with_the_same_bytes()
    {
        foreach (ulong count in new ulong[] { 7, 7, 7 })
            _counts.Enqueue(count);
        var data = new HashSet<string>();
        List<ulong> taken = [];
        RpcOutcome<TransactionReceipt>? sent = await New(
            Chain(transaction =>
            {
                data.Add(Convert.ToHexString(transaction.Data.Span));
                return transaction.MaxFeePerGas < 150 ? s_waits : RpcOutcome.Value(s_included);
            }), Nonces(), 1_000_000).SendInPlaceAsync(Call, s_price, taken.Add);

        Assert.True(sent!.Value.IsValue);
        Assert.Equal([7ul, 7ul, 7ul], _sent.Select(each => each.Nonce));
        Assert.Equal([7ul], taken);
        Assert.Single(data);
    }

    [Fact]
    public async Task A_place_before_a_batch_is_filled_with_nothing_and_that_is_not_the_batchs_receipt()
    {
        foreach (ulong count in new ulong[] { 7, 6, 6 })
            _counts.Enqueue(count);
        List<(ulong Nonce, Address? To, int Length, ulong Gas)> sent = [];
        RpcOutcome<TransactionReceipt>? end = await New(
            Chain(transaction =>
            {
                sent.Add((transaction.Nonce, transaction.To, transaction.Data.Length, transaction.GasLimit));
                return transaction.Nonce == 6 && transaction.MaxFeePerGas > 100 ? RpcOutcome.Value(s_included) : s_waits;
            }), Nonces(), 1_000_000).SendInPlaceAsync(Call, s_price, _ => { });

        Assert.Equal(RpcError.InclusionTimedOut, end!.Value.Error!.Code);
        Address own = Address.FromKey(_key);
        Assert.Equal([(7ul, Call.To, Call.Data.Length, Call.GasLimit), (6ul, own, 0, 21_000ul), (6ul, own, 0, 21_000ul)], sent);
    }

    [Fact]
    public async Task A_batch_whose_nonce_is_taken_is_not_sent_under_another()
    {
        _counts.Enqueue(7);
        RpcOutcome<TransactionReceipt>? end = await New(
            Chain(_ => RpcOutcome.Error<TransactionReceipt>(new RpcError(-32000, "nonce too low", default))), Nonces(), 1_000_000).SendInPlaceAsync(Call, s_price, _ => { });
        Assert.True(end!.Value.Error!.IsNonceTooLow);
        Assert.Single(_sent);
    }

    private async Task<(bool Included, ulong? Nonce)> SendOnceAsync(Func<Eip1559Transaction, RpcOutcome<TransactionReceipt>> answer)
    {
        (RpcOutcome<TransactionReceipt>? sent, ulong? nonce) = await New(Chain(answer), Nonces(), 1_000_000).SendOnceAsync(Call, s_price);
        return (sent!.Value.IsValue, nonce);
    }

    private ScriptedChain Chain(Func<Eip1559Transaction, RpcOutcome<TransactionReceipt>> answer) => new()
    {
        Count = () => Task.FromResult(_counts.Dequeue()),
        Send = transaction =>
        {
            _sent.Add((transaction.Nonce, transaction.MaxFeePerGas));
            return answer(transaction);
        },
    };

    private TransferSender New(ScriptedChain chain, TransactionNonces nonces, ulong ceiling) =>
        new(chain, new SettlementAccount(NetworkId.BaseSepolia, _key), nonces, new SteadyFees(ceiling), new SettlementOptions { Replacements = 2 })
        {
            NonceTaken = (nonce, _) => _told.Add($"taken {nonce}"),
            Replaced = (nonce, _) => _told.Add($"replaced {nonce}"),
            StuckReplaced = nonce => _told.Add($"stuck {nonce}"),
        };

    /// <summary>The same price all day, and the usual rise for a replacement.</summary>
    private sealed class SteadyFees(ulong ceiling) : IGasFees
    {
        private readonly FeeOracle _oracle = new(new ScriptedChain(), new FeeOptions { MaxFeePerGas = ceiling, MaxPriorityFeePerGas = 100 });

        public ValueTask<FeeOutcome> QuoteAsync(CancellationToken cancellationToken) =>
            ValueTask.FromResult(new FeeOutcome(FeeStatus.Quoted, new FeeQuote(100, 10, 40, HasBaseFee: true), ""));

        public FeeOutcome Replace(FeeQuote sent, FeeQuote? now) => _oracle.Replace(sent, now);
    }
}
