using System.Numerics;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;
using Betar.Tests.Shared;
using Betar.X402;

namespace Betar.Grains.Tests.Fleet;

/// <summary>What tokens cost: exactly, rounded up once, never above the most.</summary>
public sealed class TokenPriceTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(0, 1, 2)]
    [InlineData(1_000_000, 0, 500_000)]
    [InlineData(0, 1_000_000, 2_000_000)]
    [InlineData(12, 3, 12)]
    [InlineData(13, 3, 13)]
    [InlineData(-5, 0, 0)]
    [InlineData(-5, 3, 6)]
    public void Half_a_unit_in_and_two_out_are_rounded_up_once(long input, long output, int cost) =>
        Assert.Equal((AtomicAmount)(ulong)cost, new TokenPrice(500_000, 2_000_000).Of(input, output, 10_000_000));

    [Fact]
    public void The_most_is_never_passed()
    {
        Assert.Equal((AtomicAmount)99, new TokenPrice(1_000_000, 1_000_000).Of(50, 50, 99));
        Assert.Equal((AtomicAmount)100, new TokenPrice(1_000_000, 1_000_000).Of(50, 50, 100));
        Assert.Equal((AtomicAmount)7, new TokenPrice(TokenPrice.Most, TokenPrice.Most).Of(long.MaxValue, long.MaxValue, 7));
    }

    [Fact]
    public void It_is_what_whole_numbers_of_any_size_say()
    {
        var random = new Random(TestSeed.Value);
        for (int round = 0; round < 2_000; round++)
        {
            var price = new TokenPrice((ulong)random.NextInt64((long)TokenPrice.Most + 1), (ulong)random.NextInt64(1L << random.Next(1, 40)));
            (long input, long output, long most) = (random.NextInt64(1L << random.Next(1, 62)), random.NextInt64(1L << random.Next(1, 62)), random.NextInt64(1L << random.Next(1, 62)));
            BigInteger cost = BigInteger.DivRem(((BigInteger)input * price.Input) + ((BigInteger)output * price.Output), TokenPrice.Per, out BigInteger left);
            BigInteger expected = BigInteger.Min(left.IsZero ? cost : cost + 1, most);
            Assert.True(expected.ToString() == price.Of(input, output, (ulong)most).ToString(), $"seed {TestSeed.Value}, round {round}");
        }
    }

    [Fact]
    public void A_stored_spec_of_before_has_none_and_a_new_one_keeps_its_own()
    {
        AgentSpec spec = Spec();
        Assert.Equal(spec, AgentRow.Decode(AgentRow.Encode(spec)));
        AgentSpec old = AgentRow.Decode("""{"agentId":"a","name":"a","priceAtomic":"5","payTo":"x","executorKind":"llm","executorTarget":""}"""u8.ToArray());
        Assert.Equal(("0", "0", null), (old.InputPriceAtomic, old.OutputPriceAtomic, old.TokenPrice));
        Assert.NotEqual(spec, spec with { OutputPriceAtomic = "3" });
        Assert.NotEqual(spec, spec with { InputPriceAtomic = "3" });
    }

    [Theory]
    [InlineData(500_000, 2_000_000, "0.5 USDC per million tokens of input and 2 of output")]
    [InlineData(2_500_000, 2_500_000, "2.5 USDC per million tokens")]
    public void People_read_it(int input, int output, string text) => Assert.Equal(text, new TokenPrice((ulong)input, (ulong)output).ToString());

    private static AgentSpec Spec() => new()
    {
        AgentId = "a", Name = "a", PriceAtomic = "5", InputPriceAtomic = "1", OutputPriceAtomic = "2", PayTo = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1", ExecutorKind = "llm",
        ExecutorTarget = "",
    };
}
