using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Fees;

/// <summary>A transaction that waits is only replaced by one that offers enough more; what that may cost has an end.</summary>
public sealed class FeeReplacementTests
{
    static readonly FeeQuote _sent = new(1_000, 101, 400, HasBaseFee: true);

    [Fact]
    public void Both_fees_rise_by_a_quarter_rounded_up() =>
        Assert.Equal(new FeeQuote(1_250, 127, 400, HasBaseFee: true), Oracle().Replace(_sent, null).Quote);

    [Fact]
    public void Where_gas_became_dearer_the_offer_follows() =>
        Assert.Equal(new FeeQuote(2_000, 127, 900, HasBaseFee: true), Oracle().Replace(_sent, new FeeQuote(2_000, 5, 900, HasBaseFee: true)).Quote);

    [Fact]
    public void A_free_transaction_is_replaced_by_one_that_is_not() =>
        Assert.Equal(new FeeQuote(1, 1, 0, HasBaseFee: true), Oracle().Replace(new FeeQuote(0, 0, 0, HasBaseFee: true), null).Quote);

    [Theory]
    [InlineData(1_250UL, true)]
    [InlineData(1_249UL, false)]
    public void The_ceiling_holds_for_replacements_too(ulong most, bool replaced)
    {
        var outcome = Oracle(new FeeOptions { MaxFeePerGas = most }).Replace(_sent, null);

        Assert.Equal(replaced, outcome.TryGetQuote(out _));
        Assert.Equal(replaced ? "" : "fee_above_ceiling", outcome.Code);
    }

    [Fact]
    public void The_largest_numbers_do_not_wrap() =>
        Assert.Equal(FeeStatus.TooExpensive, Oracle().Replace(new FeeQuote(ulong.MaxValue, ulong.MaxValue, 0, HasBaseFee: true), null).Status);

    [Fact]
    public void Whatever_waits_its_successor_is_good_enough_for_a_node_and_no_dearer_than_allowed()
    {
        var random = new Random(TestSeed.Value);
        for (var round = 0; round < 2_000; round++)
        {
            var options = new FeeOptions { MaxFeePerGas = (ulong)random.NextInt64(1, 1_000_000), ReplacementPercent = random.Next(110, 401) };
            var sent = Quote();
            var now = random.Next(2) == 0 ? null : Quote();
            var outcome = Oracle(options).Replace(sent, now);
            if (!outcome.TryGetQuote(out var next))
                continue;
            Assert.True(next.MaxFeePerGas <= options.MaxFeePerGas && next.MaxPriorityFeePerGas <= next.MaxFeePerGas, $"seed {TestSeed.Value}, round {round}: {next}");
            Assert.True(
                next.MaxFeePerGas > sent.MaxFeePerGas && next.MaxFeePerGas * 10 >= sent.MaxFeePerGas * 11
                && next.MaxPriorityFeePerGas > sent.MaxPriorityFeePerGas && next.MaxPriorityFeePerGas * 10 >= sent.MaxPriorityFeePerGas * 11,
                $"seed {TestSeed.Value}, round {round}: {sent} to {next}");
        }

        FeeQuote Quote()
        {
            var most = (ulong)random.NextInt64(0, 1_000_000);
            return new FeeQuote(most, (ulong)random.NextInt64(0, (long)most + 1), 0, HasBaseFee: true);
        }
    }

    static FeeOracle Oracle(FeeOptions? options = null) => new(new NoChain(), options);
}
