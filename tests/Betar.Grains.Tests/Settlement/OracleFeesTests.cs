using Betar.Ethereum;
using Betar.Grains.Settlement;
using Betar.Grains.Tests.Support;

namespace Betar.Grains.Tests.Settlement;

/// <summary>The chain's price is asked for once in a while, and again at once when there was none.</summary>
public sealed class OracleFeesTests
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(2);

    private readonly SteppedTime _time = new();
    private BlockHeader? _block = Block(100);
    private int _asked;

    [Fact]
    public async Task A_price_is_good_for_so_long_and_no_longer()
    {
        OracleFees fees = New();
        Assert.Equal(100ul, (await fees.QuoteAsync(default)).Quote!.BaseFeePerGas);
        _block = Block(200);
        _time.Step(s_fresh - TimeSpan.FromTicks(1));
        Assert.Equal(100ul, (await fees.QuoteAsync(default)).Quote!.BaseFeePerGas);
        Assert.Equal(1, _asked);
        _time.Step(TimeSpan.FromTicks(1));
        Assert.Equal(200ul, (await fees.QuoteAsync(default)).Quote!.BaseFeePerGas);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_chain_that_named_none_is_asked_again_at_once()
    {
        OracleFees fees = New();
        _block = null;
        Assert.Equal(FeeStatus.Unavailable, (await fees.QuoteAsync(default)).Status);
        _block = Block(100);
        Assert.Equal(FeeStatus.Quoted, (await fees.QuoteAsync(default)).Status);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task One_above_the_ceiling_is_as_good_as_any_other_for_so_long()
    {
        OracleFees fees = New(ceiling: 150);
        _block = Block(1_000);
        Assert.Equal(FeeStatus.TooExpensive, (await fees.QuoteAsync(default)).Status);
        Assert.Equal(FeeStatus.TooExpensive, (await fees.QuoteAsync(default)).Status);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task What_replaces_a_transaction_is_the_oracles_word()
    {
        OracleFees fees = New(ceiling: 150);
        FeeQuote sent = (await fees.QuoteAsync(default)).Quote! with { MaxFeePerGas = 120 };
        Assert.True(fees.Replace(sent, null).TryGetQuote(out FeeQuote? higher));
        Assert.InRange(higher.MaxFeePerGas, 132ul, 150ul);
        Assert.Equal(FeeStatus.TooExpensive, fees.Replace(sent with { MaxFeePerGas = 149 }, null).Status);
    }

    private OracleFees New(ulong ceiling = 1_000_000) => new(
        new FeeOracle(Chain(), new FeeOptions { MaxFeePerGas = ceiling, MinPriorityFeePerGas = 0, MaxPriorityFeePerGas = 0 }), s_fresh, _time);

    private static BlockHeader Block(ulong baseFee) => new(1, Hash32.Zero, Hash32.Zero, 1, baseFee);

    private ScriptedChain Chain() => new()
    {
        Header = _ =>
        {
            _asked++;
            return _block;
        },
    };
}
