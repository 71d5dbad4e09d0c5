using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Blocks;

public sealed class BlockChainTests
{
    static readonly DevnetOptions _options = new();
    readonly TransactionPreparer _preparer = new(_options, TokenSigner.Domain);
    readonly BlockChain _chain = new(1_000);

    DevnetBlock Mine(ulong time, params PreparedTransaction[] transactions)
    {
        var builder = _chain.NewBlock(time);
        foreach (var transaction in transactions)
            builder.Add(transaction, null);
        var block = builder.Build();
        _chain.Append(block, builder);
        return block;
    }

    static PreparedTransaction Gift(ulong value) => MintTransaction.Create(_options.Token, TestKeys.PayerAddress, value);

    PreparedTransaction Settlement(string nonce, ulong accountNonce, ulong gas = 150_000)
    {
        var raw = (TestChain.Token.Settle(TokenSigner.Transfer(nonce)) with { GasLimit = gas })
            .ToTransaction(84532, accountNonce, 0, 0).Sign(TestKeys.Sender).Raw;
        var prepared = _preparer.Prepare(raw, out var fault);
        Assert.Null(fault);
        return prepared!;
    }

    [Fact]
    public void The_genesis_is_block_zero()
    {
        Assert.Equal(0UL, _chain.Head.Number);
        Assert.Equal(Hash32.Zero, _chain.Head.ParentHash);
        Assert.Equal(1_000UL, _chain.Head.Timestamp);
        Assert.Null(_chain.BlockAt(1));
        Assert.Null(_chain.BlockAt(ulong.MaxValue));
        Assert.Null(_chain.FindBlock(Hash32.Zero));
    }

    [Fact]
    public void Blocks_and_transactions_are_found()
    {
        var gift = Gift(5000);
        var first = Mine(1_001, gift);
        var settlement = Settlement("a", 0);
        var second = Mine(1_002, settlement);
        Assert.Same(first, _chain.BlockAt(1));
        Assert.Same(second, _chain.FindBlock(second.Hash));
        Assert.Same(second, _chain.Find(settlement.Hash)!.Block);
        Assert.Same(first, _chain.Find(gift.Hash)!.Block);
        Assert.Equal(2, _chain.TransactionCount);
        Assert.Equal(first.Hash, second.ParentHash);
        Assert.Equal((UInt256)4000UL, _chain.State.BalanceOf(TestKeys.PayerAddress));
        Assert.Equal(1UL, _chain.State.NonceOf(TestKeys.SenderAddress));
    }

    [Fact]
    public void Time_never_runs_backwards()
    {
        Mine(2_000);
        Assert.Equal(2_000UL, _chain.NextTimestamp(1_500));
        Assert.Equal(2_500UL, _chain.NextTimestamp(2_500));
    }

    [Fact]
    public void A_hash_covers_everything_that_matters()
    {
        var parent = _chain.Head;
        var gift = Gift(1);
        DevnetBlock Build(ulong time, uint fork, string? forced, params PreparedTransaction[] transactions)
        {
            var builder = new BlockBuilder(new LedgerState(), parent, time, fork);
            foreach (var transaction in transactions)
                builder.Add(transaction, forced);
            return builder.Build();
        }

        var blocks = new[]
        {
            Build(1_001, 0, null, gift),
            Build(1_002, 0, null, gift),
            Build(1_001, 1, null, gift),
            Build(1_001, 0, "forced", gift),
            Build(1_001, 0, null),
            Build(1_001, 0, null, gift, Gift(1)),
            new BlockBuilder(new LedgerState(), Build(1_001, 0, null), 1_001, 0).Build(),
        };
        Assert.Equal(blocks.Length, blocks.Select(block => block.Hash).Distinct().Count());
        Assert.Equal(blocks[0].Hash, Build(1_001, 0, null, gift).Hash);
    }

    [Fact]
    public void Transactions_of_a_block_see_those_before_them()
    {
        var block = Mine(1_001, Gift(1500), Settlement("a", 0), Settlement("a", 1), Settlement("b", 2), Settlement("c", 3, gas: 50_000));
        Assert.Equal([true, true, false, false, false], block.Transactions.Select(transaction => transaction.Succeeded));
        Assert.Equal(
            [null, null, TokenReverts.UsedOrCanceled, TokenReverts.ExceedsBalance, ""],
            block.Transactions.Select(transaction => transaction.Revert));
        Assert.Equal([0, 1, 2, 3, 4], block.Transactions.Select(transaction => transaction.Index));
        Assert.Equal([0, 1, 3, 3, 3], block.Transactions.Select(transaction => transaction.FirstLogIndex));
        Assert.Equal(50_000UL, block.Transactions[4].GasUsed);
        Assert.Equal(block.GasUsed, block.Transactions[4].CumulativeGasUsed);
        Assert.Equal(4UL, _chain.State.NonceOf(TestKeys.SenderAddress));
        Assert.Equal((UInt256)500UL, _chain.State.BalanceOf(TestKeys.PayerAddress));
    }

    [Fact]
    public void Dropping_blocks_takes_their_effects_back()
    {
        Mine(1_001, Gift(5000));
        Mine(1_002, Settlement("a", 0));
        var kept = _chain.Head;
        Mine(1_003, Settlement("b", 1));
        Mine(1_004, Settlement("c", 2));
        var dropped = _chain.Drop(2, _preparer);
        Assert.Equal(2, dropped.Count);
        Assert.Same(kept, _chain.Head);
        Assert.Equal(1u, _chain.Fork);
        Assert.Equal((UInt256)4000UL, _chain.State.BalanceOf(TestKeys.PayerAddress));
        Assert.Equal(1UL, _chain.State.NonceOf(TestKeys.SenderAddress));
        Assert.True(_chain.State.IsAuthorizationEnded(new AuthorizationKey(TestKeys.PayerAddress, TestKeys.NonceOf("a"))));
        Assert.False(_chain.State.IsAuthorizationEnded(new AuthorizationKey(TestKeys.PayerAddress, TestKeys.NonceOf("b"))));
        Assert.All(dropped, transaction => Assert.Null(_chain.Find(transaction.Hash)));
        Assert.Equal(2, _chain.TransactionCount);
    }

    [Fact]
    public void What_was_kept_small_is_decoded_to_the_same_again()
    {
        foreach (var prepared in new[] { Gift(77), Settlement("a", 0) })
        {
            var again = _preparer.FromFile(prepared.Raw, prepared.Sender, prepared.Call.Proof);
            Assert.Equal(prepared.Hash, again.Hash);
            Assert.Equal(prepared.IsMint, again.IsMint);
            Assert.Equal(prepared.GasNeeded, again.GasNeeded);
            Assert.Equal(prepared.Call with { Signature = default }, again.Call with { Signature = default });
            Assert.True(prepared.Call.Signature.Span.SequenceEqual(again.Call.Signature.Span));
        }
    }

    [Fact]
    public void A_file_that_skips_the_check_of_a_signature_is_refused()
    {
        var prepared = Settlement("a", 0);
        foreach (var proof in new[] { AuthorizationProof.Unchecked, (AuthorizationProof)7, (AuthorizationProof)255 })
            Assert.Equal(DevnetOpenFault.Corrupt, Assert.Throws<DevnetOpenException>(() => _preparer.FromFile(prepared.Raw, prepared.Sender, proof)).Fault);
        Assert.Equal(DevnetOpenFault.Corrupt, Assert.Throws<DevnetOpenException>(
            () => _preparer.FromFile(new byte[] { 1, 2, 3 }, prepared.Sender, AuthorizationProof.Valid)).Fault);
    }

    [Fact]
    public void Two_equal_gifts_are_two_transactions()
    {
        Assert.NotEqual(Gift(1).Hash, Gift(1).Hash);
        Assert.True(MintTransaction.TryDecode(Gift(9).Raw, out var mint));
        Assert.Equal((TestKeys.PayerAddress, (UInt256)9UL), (mint!.Call.To, mint.Call.Value));
        Assert.False(MintTransaction.TryDecode(Gift(9).Raw[..^1], out _));
        Assert.False(MintTransaction.TryDecode(default, out _));
    }
}
