using System.Diagnostics.Metrics;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Hosting;
using Betar.Grains.Settlement;
using Betar.Grains.Settlement.Batches;
using Betar.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Tests.Settlement;

/// <summary>What fits into a batch, how long it is remembered, and what its options may be.</summary>
public sealed class TransferBatchTests
{
    [Fact]
    public void It_takes_so_many_and_is_full_then()
    {
        var batch = new TransferBatch(new SettlementOptions { MaxBatch = 2 });
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

    private static int Taken(ulong gas)
    {
        var batch = new TransferBatch(new SettlementOptions { MaxBatch = 64, MaxBatchGas = gas });
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

        public Address? PlainPayer => Samples.Payer;

        public bool IsDoneBy(TransactionReceipt receipt) => throw new NotSupportedException();

        public Task<SettlementResult> FindAsync() => throw new NotSupportedException();
    }
}
