using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Fees;

public sealed class FeeOptionsTests
{
    const ulong TooMuch = 1_000_000_000_000_001;

    [Fact]
    public void The_defaults_are_good()
    {
        var options = new FeeOptions();

        Assert.Empty(options.Validate());
        Assert.Equal((200_000_000_000UL, 5_000_000_000UL, 0UL, 200, 125),
            (options.MaxFeePerGas, options.MaxPriorityFeePerGas, options.MinPriorityFeePerGas, options.BaseFeePercent, options.ReplacementPercent));
    }

    public static TheoryData<string, FeeOptions> Bad => new()
    {
        { "MaxFeePerGas", new FeeOptions { MaxFeePerGas = TooMuch } },
        { "MaxPriorityFeePerGas", new FeeOptions { MaxPriorityFeePerGas = TooMuch } },
        { "MinPriorityFeePerGas", new FeeOptions { MaxPriorityFeePerGas = 1, MinPriorityFeePerGas = 2 } },
        { "BaseFeePercent", new FeeOptions { BaseFeePercent = 112 } },
        { "BaseFeePercent", new FeeOptions { BaseFeePercent = 1_001 } },
        { "ReplacementPercent", new FeeOptions { ReplacementPercent = 109 } },
        { "ReplacementPercent", new FeeOptions { ReplacementPercent = 401 } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_value_out_of_range_is_named(string name, FeeOptions options)
    {
        Assert.StartsWith(name, Assert.Single(options.Validate()), StringComparison.Ordinal);
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => new FeeOracle(new NoChain(), options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_named_at_once() =>
        Assert.Equal(5, new FeeOptions { MaxFeePerGas = TooMuch, MaxPriorityFeePerGas = TooMuch, MinPriorityFeePerGas = TooMuch + 1, BaseFeePercent = 0, ReplacementPercent = 0 }.Validate().Count);
}
