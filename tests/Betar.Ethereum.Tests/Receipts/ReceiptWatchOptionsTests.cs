using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Receipts;

public sealed class ReceiptWatchOptionsTests
{
    [Fact]
    public void The_defaults_are_good()
    {
        var options = new ReceiptWatchOptions();

        Assert.Empty(options.Validate());
        Assert.Equal((1, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), 3), (options.Confirmations, options.Interval, options.Timeout, options.MissingLooks));
    }

    public static TheoryData<string, ReceiptWatchOptions> Bad => new()
    {
        { "Confirmations", new ReceiptWatchOptions { Confirmations = 0 } },
        { "Confirmations", new ReceiptWatchOptions { Confirmations = 10_001 } },
        { "Interval", new ReceiptWatchOptions { Interval = TimeSpan.FromMilliseconds(9) } },
        { "Interval", new ReceiptWatchOptions { Interval = TimeSpan.FromMinutes(6) } },
        { "Timeout", new ReceiptWatchOptions { Timeout = TimeSpan.FromTicks(-1) } },
        { "Timeout", new ReceiptWatchOptions { Timeout = TimeSpan.FromDays(2) } },
        { "MissingLooks", new ReceiptWatchOptions { MissingLooks = 0 } },
        { "MissingLooks", new ReceiptWatchOptions { MissingLooks = 1_001 } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_value_out_of_range_is_named(string name, ReceiptWatchOptions options)
    {
        Assert.StartsWith(name, Assert.Single(options.Validate()), StringComparison.Ordinal);
        var watched = new WatchedTransaction(Hash32.Zero, Address.Zero, 0);
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => new ReceiptWatch(new NoChain(), watched, options)).Message, StringComparison.Ordinal);
    }
}
