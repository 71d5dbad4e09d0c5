using System.Diagnostics.Metrics;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Hosting;
using Betar.Grains.Settlement;
using Betar.Grains.Settlement.Batches;
using Betar.Grains.Tests.Support;
using Betar.X402;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Tests.Settlement;

/// <summary>What fits into a batch, how long it is remembered, and what its options may be.</summary>
public sealed class TransferBatchTests
{
    [Fact]
    public void It_takes_so_many_and_is_full_then()
    {
        var batch = new TransferBatch(2, 12_000_000);
        Assert.True(batch.TryAdd(new Item("a")));
        Assert.False(batch.Full.IsCompleted);
        Assert.True(batch.TryAdd(new Item("b")));
        Assert.True(batch.Full.IsCompleted);
        Assert.False(batch.TryAdd(new Item("c")));
        Assert.Equal(2, batch.Orders.Count);
    }

    [Fact]
    public void It_takes_no_more_gas_than_allowed_and_one_always()
    {
        ulong two = Multicall3.Together(default, [Item.Transfer, Item.Transfer]).GasLimit;
        Assert.Equal(2, Taken(two));
        Assert.Equal(1, Taken(two - 1));
        Assert.Equal(1, Taken(1));
    }

    [Fact]
    public void Its_gas_is_that_of_each_and_of_carrying_them()
    {
        ContractCall together = Multicall3.Together(Multicall3.StandardAddress, [Item.Transfer, Item.Transfer]);
        Assert.Equal(Multicall3.BaseGas + (2 * (100_000 + 5_000 + (16 * 10))), together.GasLimit);
        Assert.Equal(Multicall3.StandardAddress, together.To);
    }

    [Theory]
    [InlineData(8, 7, true)] // The node has something in its place.
    [InlineData(7, 7, false)] // Its place is empty.
    [InlineData(9, 8, false)] // Its place is taken.
    public async Task A_batch_may_wait_while_its_place_is_open_and_not_empty(ulong pending, ulong latest, bool waits)
    {
        var counts = new Queue<ulong>([pending, latest]);
        var memory = new BatchMemory(new ScriptedChain { Count = () => Task.FromResult(counts.Dequeue()) }, Samples.Payee);
        memory.Sent([new Item("a")], 7);
        Assert.Equal((true, false), (memory.Knows("a"), memory.Knows("b")));
        Assert.Equal(waits, await memory.MayWaitAsync("a"));
        Assert.False(await memory.MayWaitAsync("b"));
        memory.Forget("a");
        Assert.False(memory.Knows("a"));
    }

    [Theory]
    [InlineData(0, 12_000_000, 1)]
    [InlineData(65, 12_000_000, 1)]
    [InlineData(1, 399_999, 1)]
    [InlineData(1, 16_777_217, 1)]
    [InlineData(1, 12_000_000, 11)]
    [InlineData(1, 12_000_000, -1)]
    public void Options_out_of_range_are_refused(int most, ulong gas, int seconds) =>
        Assert.Throws<OptionsValidationException>(() => Options(most, gas, seconds));

    [Theory]
    [InlineData(1, 400_000, 0)]
    [InlineData(64, 16_777_216, 10)]
    public void Options_in_range_are_taken(int most, ulong gas, int seconds) => Assert.Equal(most, Options(most, gas, seconds).MaxBatch);

    [Fact]
    public void Its_size_is_counted()
    {
        List<int> sizes = [];
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "betar.settlement.batch_size")
                self.EnableMeasurementEvents(instrument);
        } };
        listener.SetMeasurementEventCallback<int>((_, size, _, _) => sizes.Add(size));
        listener.Start();
        SettlementInstruments.BatchSent(3);
        Assert.Contains(3, sizes);
    }

    [Theory]
    [InlineData(12_000_000, 2)]
    [InlineData(200_000, 1)]
    public async Task No_batch_takes_more_gas_than_a_block_has(ulong block, int together)
    {
        List<int> sent = [];
        using PrivateKey key = PrivateKey.Generate();
        var held = new TaskCompletionSource<ulong>();
        ulong count = 0;
        var chain = new ScriptedChain
        {
            Header = _ => new BlockHeader(1, Hash32.Zero, Hash32.Zero, 1, null) { GasLimit = block },
            Code = [],
            Count = () => count++ == 0 ? held.Task : Task.FromResult(7ul),
            Send = transaction =>
            {
                sent.Add(transaction.To == Multicall3.StandardAddress ? transaction.Data.Span[67] : 1);
                return RpcOutcome.Value(new TransactionReceipt(Samples.Transaction, true, 1, Hash32.Zero, 0, Samples.Payee, Samples.Token, 1, []));
            },
        };
        var options = new SettlementOptions { MaxBatch = 64 };
        var account = new SettlementAccount(NetworkId.BaseSepolia, key);
        var sender = new TransferSender(chain, account, new TransactionNonces(chain, account.Address), new FreeGas(), options)
        {
            NonceTaken = (_, _) => { }, Replaced = (_, _) => { }, StuckReplaced = _ => { },
        };
        var batches = new TransferBatches(chain, sender, new BatchMemory(chain, account.Address), options, TimeProvider.System);
        Assert.True(await batches.MayShareAsync(new Item("a")));
        var quote = new FeeQuote(0, 0, 0, HasBaseFee: true);

        Task[] all = [.. new[] { "a", "b", "c" }.Select(name => batches.SendAsync(new Item(name), quote))];
        held.SetResult(7);
        await Task.WhenAll(all);

        Assert.Equal(together, sent.Max());
        Assert.Equal(3, sent.Sum());
    }

    /// <summary>Code of a payer's runs while its signature is checked, with its neighbours' gas.</summary>
    [Theory]
    [InlineData(2, "", true, true)]
    [InlineData(1, "", true, false)]
    [InlineData(2, "ef0100", true, false)]
    [InlineData(2, "", false, false)]
    public async Task Only_a_plain_payers_transfer_shares_and_only_when_that_is_on(int most, string code, bool hasPayer, bool shares)
    {
        var chain = new ScriptedChain { Header = _ => null, Code = Convert.FromHexString(code) };
        var memory = new BatchMemory(chain, Samples.Payee);
        var batches = new TransferBatches(chain, null!, memory, new SettlementOptions { MaxBatch = most }, TimeProvider.System);
        var item = new Item("a") { PlainPayer = hasPayer ? Samples.Payer : null };
        Assert.Equal(shares, await batches.MayShareAsync(item));
        memory.Sent([item], 7);
        Assert.False(await batches.MayShareAsync(item));
    }

    private static int Taken(ulong gas)
    {
        var batch = new TransferBatch(64, gas);
        for (int i = 0; i < 3; i++)
            batch.TryAdd(new Item($"{i}"));
        return batch.Orders.Count;
    }

    private static SettlementOptions Options(int most, ulong gas, int seconds)
    {
        using ServiceProvider services = new ServiceCollection().AddBetarSettlement()
            .Configure<SettlementOptions>(options => (options.MaxBatch, options.MaxBatchGas, options.BatchWait) = (most, gas, TimeSpan.FromSeconds(seconds))).BuildServiceProvider();
        return services.GetRequiredService<IOptions<SettlementOptions>>().Value;
    }

    private sealed class Item(string name) : IChainOrder
    {
        public static readonly ContractCall Transfer = new(Samples.Token, new byte[10], 100_000);

        public string Name => name;

        public string Subject => name;

        public ContractCall Call => Transfer;

        public bool IsGuarded => true;

        public bool IsTraceable => true;

        public Address? PlainPayer { get; init; } = Samples.Payer;

        public bool IsDoneBy(TransactionReceipt receipt) => throw new NotSupportedException();

        public Task<SettlementResult> FindAsync() => throw new NotSupportedException();
    }
}
