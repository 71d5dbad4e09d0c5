using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Fees;

public sealed class FeeOracleTests
{
    const ulong Gwei = 1_000_000_000;

    [Fact]
    public async Task A_quote_bears_a_base_fee_that_doubles()
    {
        var outcome = await QuoteAsync(30 * Gwei, 2 * Gwei);

        Assert.True(outcome.TryGetQuote(out var quote), outcome.Detail);
        Assert.Equal(new FeeQuote(62 * Gwei, 2 * Gwei, 30 * Gwei, HasBaseFee: true), quote);
        Assert.Equal((UInt256)(62 * Gwei) * 150_000, quote.MostFor(150_000));
        Assert.Equal(("", ""), (outcome.Code, outcome.Detail));
    }

    [Fact]
    public async Task Free_gas_is_free() => Assert.Equal(new FeeQuote(0, 0, 0, HasBaseFee: true), (await QuoteAsync(0, 0)).Quote);

    [Theory]
    [InlineData(9, 5)]
    [InlineData(5, 5)]
    [InlineData(3, 3)]
    [InlineData(0, 1)]
    public async Task A_nodes_advice_is_kept_between_two_bounds(ulong advised, ulong offered)
    {
        var outcome = await QuoteAsync(10 * Gwei, advised * Gwei, new FeeOptions { MinPriorityFeePerGas = Gwei });

        Assert.Equal(offered * Gwei, outcome.Quote!.MaxPriorityFeePerGas);
    }

    [Fact]
    public async Task Advice_of_any_size_is_cut()
    {
        var chain = new ModelChain { PriorityFee = UInt256.MaxValue };
        chain.Mine();

        Assert.Equal(5 * Gwei, (await new FeeOracle(chain).QuoteAsync(default)).Quote!.MaxPriorityFeePerGas);
    }

    [Theory]
    [InlineData(88, 12, 100)] // 88 + 11 + 1 is what is allowed, so that the offer is cut to it
    [InlineData(40, 81, 81)]
    public async Task An_offer_is_never_above_the_ceiling(ulong baseFee, ulong _, ulong offered)
    {
        var outcome = await QuoteAsync(baseFee, 1, new FeeOptions { MaxFeePerGas = 100 });

        Assert.Equal(offered, outcome.Quote!.MaxFeePerGas);
    }

    [Theory]
    [InlineData(89UL)] // 89 + 11 + 1
    [InlineData(101UL)]
    [InlineData(ulong.MaxValue)]
    public async Task Where_the_next_block_may_take_more_than_is_allowed_nothing_is_sent(ulong baseFee)
    {
        var outcome = await QuoteAsync(baseFee, 1, new FeeOptions { MaxFeePerGas = 100 });

        Assert.Equal((FeeStatus.TooExpensive, "fee_above_ceiling"), (outcome.Status, outcome.Code));
        Assert.False(outcome.TryGetQuote(out _));
        Assert.Contains("100 are allowed", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_fee_beyond_64_bits_is_too_expensive()
    {
        var chain = new ModelChain { BaseFee = UInt256.MaxValue };
        chain.Mine();

        Assert.Equal(FeeStatus.TooExpensive, (await new FeeOracle(chain).QuoteAsync(default)).Status);
    }

    [Fact]
    public async Task A_chain_without_base_fee_has_one_price()
    {
        var chain = new ModelChain { BaseFee = null, GasPrice = 7 * Gwei };
        chain.Mine();

        Assert.Equal(new FeeQuote(7 * Gwei, 7 * Gwei, 0, HasBaseFee: false), (await new FeeOracle(chain).QuoteAsync(default)).Quote);
        Assert.Equal("fee_above_ceiling", (await new FeeOracle(chain, new FeeOptions { MaxFeePerGas = 7 * Gwei - 1 }).QuoteAsync(default)).Code);
        chain.Silent.Add("eth_gasPrice");
        Assert.Equal("fee_unavailable", (await new FeeOracle(chain).QuoteAsync(default)).Code);
    }

    [Fact]
    public async Task A_node_without_advice_gets_the_least()
    {
        var chain = new ModelChain { BaseFee = 10 };
        chain.Mine();
        chain.Faults["eth_maxPriorityFeePerGas"] = new RpcError(-32601, "the method does not exist", default);

        Assert.Equal(new FeeQuote(23, 3, 10, HasBaseFee: true), (await new FeeOracle(chain, new FeeOptions { MinPriorityFeePerGas = 3 }).QuoteAsync(default)).Quote);
    }

    [Theory]
    [InlineData("eth_getBlockByNumber")]
    [InlineData("eth_maxPriorityFeePerGas")]
    public async Task A_node_that_does_not_answer_gives_no_quote(string method)
    {
        var chain = new ModelChain();
        chain.Silent.Add(method);
        var outcome = await new FeeOracle(chain).QuoteAsync(default);

        Assert.Equal((FeeStatus.Unavailable, "fee_unavailable"), (outcome.Status, outcome.Code));
        Assert.Contains("in time", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_outcome_that_nobody_made_is_no_quote()
    {
        Assert.False(default(FeeOutcome).TryGetQuote(out _));
        Assert.Equal("fee_unavailable", default(FeeOutcome).Code);
    }

    static async Task<FeeOutcome> QuoteAsync(UInt256 baseFee, UInt256 priority, FeeOptions? options = null)
    {
        var chain = new ModelChain { BaseFee = baseFee, PriorityFee = priority };
        chain.Mine();
        return await new FeeOracle(chain, options).QuoteAsync(default);
    }
}
