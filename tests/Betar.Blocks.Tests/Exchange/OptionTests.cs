using System.Globalization;
using System.Reflection;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Blocks.Tests.Exchange;

public sealed class OptionTests
{
    [Fact]
    public void The_defaults_are_good_and_those_of_the_documentation()
    {
        var options = new BitswapOptions();
        Assert.Empty(options.Validate());
        var values = typeof(BitswapOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(property => property.Name, property => Convert.ToString(property.GetValue(options), CultureInfo.InvariantCulture));
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["MaxMessageBytes"] = "4194304", ["MaxBlockBytes"] = "1048576", ["MaxPartsPerMessage"] = "16384", ["MaxCidBytes"] = "168", ["MaxWantsPerPeer"] = "1024",
                ["MaxOutstandingBytesPerPeer"] = "1048576", ["MaxOutstandingBytes"] = "67108864", ["TargetMessageBytes"] = "262144",
                ["MaxIncomingBytesPerPeer"] = "8388608", ["MaxIncomingBytes"] = "134217728", ["InboundStreamsPerPeer"] = "32", ["HaveReplaceBytes"] = "1024",
                ["MaxFetches"] = "1024", ["MaxBroadcastPeers"] = "64", ["BroadcastDelay"] = "00:00:01", ["BlockTimeout"] = "00:00:05", ["ResendInterval"] = "00:00:30",
                ["FetchTimeout"] = "00:02:00", ["SendTimeout"] = "00:00:30", ["MinBackoff"] = "00:00:01", ["MaxBackoff"] = "00:02:00", ["Tick"] = "00:00:00.2000000",
            },
            values);
    }

    public static TheoryData<string, long> OutOfRange => new()
    {
        { nameof(BitswapOptions.MaxBlockBytes), 0 }, { nameof(BitswapOptions.MaxBlockBytes), (2 * 1024 * 1024) + 1 },
        { nameof(BitswapOptions.MaxMessageBytes), (1024 * 1024) + 1023 }, { nameof(BitswapOptions.MaxMessageBytes), (64 * 1024 * 1024) + 1 },
        { nameof(BitswapOptions.MaxPartsPerMessage), 0 }, { nameof(BitswapOptions.MaxCidBytes), 35 }, { nameof(BitswapOptions.MaxWantsPerPeer), 0 },
        { nameof(BitswapOptions.MaxOutstandingBytesPerPeer), 0 }, { nameof(BitswapOptions.MaxOutstandingBytes), (1024 * 1024) - 1 },
        { nameof(BitswapOptions.TargetMessageBytes), 0 }, { nameof(BitswapOptions.TargetMessageBytes), (2 * 1024 * 1024) + 1 },
        { nameof(BitswapOptions.MaxIncomingBytesPerPeer), (4 * 1024 * 1024) - 1 }, { nameof(BitswapOptions.MaxIncomingBytes), (8 * 1024 * 1024) - 1 },
        { nameof(BitswapOptions.InboundStreamsPerPeer), 0 }, { nameof(BitswapOptions.HaveReplaceBytes), -1 }, { nameof(BitswapOptions.MaxFetches), 0 },
        { nameof(BitswapOptions.MaxBroadcastPeers), 0 }, { nameof(BitswapOptions.BroadcastDelay), 0 }, { nameof(BitswapOptions.BlockTimeout), 0 },
        { nameof(BitswapOptions.ResendInterval), 0 }, { nameof(BitswapOptions.FetchTimeout), 0 }, { nameof(BitswapOptions.SendTimeout), 0 },
        { nameof(BitswapOptions.MinBackoff), 0 }, { nameof(BitswapOptions.MaxBackoff), 0 }, { nameof(BitswapOptions.Tick), 0 },
        { nameof(BitswapOptions.Tick), TimeSpan.TicksPerDay + 1 }, { nameof(BitswapOptions.MaxBackoff), TimeSpan.TicksPerSecond - 1 },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void What_is_out_of_its_range_is_named(string name, long value)
    {
        var options = new BitswapOptions();
        var property = typeof(BitswapOptions).GetProperty(name)!;
        property.SetValue(options, property.PropertyType == typeof(TimeSpan) ? TimeSpan.FromTicks(value) : Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));

        Assert.Contains(options.Validate(), fault => fault.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_exchange_is_not_made_with_such_options()
    {
        await using var host = Libp2pHost.CreateBuilder().Build();
        var store = new MemoryBlockStore();
        var error = Assert.Throws<ArgumentException>(() => new BitswapExchange(
            host, store, store, new BitswapOptions { MaxFetches = 0, Tick = TimeSpan.Zero }, TaskScheduler.Default, TimeProvider.System, NullLoggerFactory.Instance));
        Assert.Contains(nameof(BitswapOptions.MaxFetches), error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(BitswapOptions.Tick), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_keeps_at_least_something()
    {
        Assert.Empty(new BlockStoreOptions().Validate());
        Assert.Equal(1L << 30, new BlockStoreOptions().QuotaBytes);
        Assert.Single(new BlockStoreOptions { QuotaBytes = 0 }.Validate());
    }
}
