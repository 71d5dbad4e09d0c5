using Betar.Crypto;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Pool;

public sealed class TransactionPoolTests
{
    readonly BlockChain _chain = new(0);
    readonly TransactionPool _pool = new(new DevnetOptions { MaxNonceGap = 5, MaxPoolTransactions = 100, MaxBlockTransactions = 50 });

    static PreparedTransaction Prepared(int account, ulong nonce, byte salt = 0)
    {
        Span<byte> sender = stackalloc byte[20];
        sender.Fill((byte)(account + 1));
        var raw = new byte[] { (byte)account, (byte)nonce, salt };
        var transaction = new Eip1559Transaction { ChainId = 84532, Nonce = nonce, GasLimit = 100_000, To = TestKeys.SellerAddress };
        return new PreparedTransaction(new Hash32(Keccak256.Hash(raw)), new Address(sender), raw, transaction, TokenCall.None);
    }

    PooledTransaction Add(PreparedTransaction prepared)
    {
        var pooled = _pool.TryAdd(prepared, _chain, out var fault);
        Assert.Null(fault);
        return pooled!;
    }

    string Refused(PreparedTransaction prepared)
    {
        Assert.Null(_pool.TryAdd(prepared, _chain, out var fault));
        return fault!;
    }

    /// <summary>Makes a block of what is executable, as the producer does.</summary>
    List<PooledTransaction> Mine()
    {
        var batch = _pool.Executable(_chain.State);
        var builder = _chain.NewBlock(0);
        foreach (var pooled in batch)
            builder.Add(pooled.Prepared, null);
        _chain.Append(builder.Build(), builder);
        foreach (var pooled in batch)
            _pool.Remove(pooled);
        return batch;
    }

    [Fact]
    public void Only_a_run_without_gaps_is_executable()
    {
        Add(Prepared(0, 1));
        Add(Prepared(0, 3));
        Assert.Empty(_pool.Executable(_chain.State));
        Add(Prepared(0, 0));
        Assert.Equal([0UL, 1UL], _pool.Executable(_chain.State).Select(pooled => pooled.Prepared.Transaction!.Nonce));
        Assert.Equal(3, _pool.Count);
        Mine();
        Assert.Equal(1, _pool.Count);
        Add(Prepared(0, 2));
        Assert.Equal([2UL, 3UL], Mine().Select(pooled => pooled.Prepared.Transaction!.Nonce));
        Assert.Equal(0, _pool.Count);
    }

    [Fact]
    public void Pending_nonces_count_what_waits_without_a_gap()
    {
        var sender = Prepared(0, 0).Sender;
        Assert.Equal(0UL, _pool.PendingNonce(sender, 0));
        Add(Prepared(0, 0));
        Add(Prepared(0, 1));
        Add(Prepared(0, 3));
        Assert.Equal(2UL, _pool.PendingNonce(sender, 0));
        Assert.Equal(0UL, _pool.PendingNonce(Prepared(1, 0).Sender, 0));
    }

    [Fact]
    public void What_is_being_written_is_still_known()
    {
        var pooled = Add(Prepared(0, 0));
        Assert.Single(_pool.Executable(_chain.State));
        Assert.Equal("already known", Refused(pooled.Prepared));
        Assert.Same(pooled, _pool.Find(pooled.Prepared.Hash));
        Mine();
        Assert.Null(_pool.Find(pooled.Prepared.Hash));
        Assert.Equal("already known", Refused(pooled.Prepared));
    }

    [Fact]
    public void Each_refusal_has_its_reason()
    {
        Add(Prepared(0, 0));
        Mine();
        Assert.Equal("nonce too low: next nonce 1, tx nonce 0", Refused(Prepared(0, 0, salt: 1)));
        Assert.Equal("nonce too high: next nonce 1, tx nonce 7", Refused(Prepared(0, 7)));
        Add(Prepared(0, 6));
        Assert.Equal("replacement transaction underpriced", Refused(Prepared(0, 6, salt: 1)));
        for (var account = 1; _pool.Count < 100; account++)
            Add(Prepared(account, 0));
        Assert.Equal("txpool is full", Refused(Prepared(200, 0)));
        Assert.Equal("txpool is full", Refused(MintTransaction.Create(TestKeys.Usdc, TestKeys.PayerAddress, 1)));
    }

    [Fact]
    public void A_returned_transaction_goes_back_unless_its_place_is_taken()
    {
        var mine = Prepared(0, 0);
        _pool.Return(mine);
        Assert.NotNull(_pool.Find(mine.Hash));
        _pool.Return(Prepared(0, 0, salt: 1));
        Assert.Equal(1, _pool.Count);
        _pool.Return(MintTransaction.Create(TestKeys.Usdc, TestKeys.PayerAddress, 1));
        Assert.Equal(2, _pool.Executable(_chain.State).Count);
    }

    [Fact]
    public void Clearing_gives_everybody_back()
    {
        Add(Prepared(0, 0));
        Add(Prepared(1, 4));
        _pool.Return(MintTransaction.Create(TestKeys.Usdc, TestKeys.PayerAddress, 1));
        Assert.Equal(3, _pool.Clear().Count);
        Assert.Equal(0, _pool.Count);
        Assert.Empty(_pool.Executable(_chain.State));
        Add(Prepared(0, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(4711)]
    public void Whatever_the_order_of_arrival_every_account_runs_in_the_order_of_its_nonces(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var chain = new BlockChain(0);
            var pool = new TransactionPool(new DevnetOptions { MaxBlockTransactions = random.Next(1, 20) });
            var all = Enumerable.Range(0, 4).SelectMany(account => Enumerable.Range(0, 10).Select(nonce => Prepared(account, (ulong)nonce))).ToArray();
            random.Shuffle(all);
            var arrivals = new Dictionary<Hash32, int>();
            var mined = new List<PreparedTransaction>();
            var next = 0;
            while (mined.Count < all.Length)
            {
                for (var some = random.Next(1, 12); some > 0 && next < all.Length; some--, next++)
                {
                    arrivals.Add(all[next].Hash, next);
                    Assert.NotNull(pool.TryAdd(all[next], chain, out _));
                }

                var batch = pool.Executable(chain.State);
                var builder = chain.NewBlock(0);
                foreach (var pooled in batch)
                {
                    builder.Add(pooled.Prepared, null);
                    mined.Add(pooled.Prepared);
                }

                chain.Append(builder.Build(), builder);
                batch.ForEach(pool.Remove);
            }

            foreach (var account in mined.GroupBy(prepared => prepared.Sender))
                Assert.Equal(Enumerable.Range(0, 10).Select(i => (ulong)i), account.Select(prepared => prepared.Transaction!.Nonce));
        }
    }
}
