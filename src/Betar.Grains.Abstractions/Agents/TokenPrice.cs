using Betar.X402;

namespace Betar.Grains.Abstractions.Agents;

/// <summary>What tokens of models cost, in atomic units for a million of them; the price of one may be less than a unit.</summary>
public sealed record TokenPrice(ulong Input, ulong Output)
{
    /// <summary>Tokens that a price is for.</summary>
    public const ulong Per = 1_000_000;

    /// <summary>The highest price of a million tokens: a million USDC.</summary>
    public const ulong Most = 1_000_000_000_000;

    /// <summary>Rounded up once, over input and output together, and never above the most that was agreed on.</summary>
    public AtomicAmount Of(long inputTokens, long outputTokens, AtomicAmount most)
    {
        UInt128 product = ((UInt128)Math.Max(0, inputTokens) * Input) + ((UInt128)Math.Max(0, outputTokens) * Output);
        UInt128 units = (product + Per - 1) / Per;
        AtomicAmount cost = units > ulong.MaxValue ? most : (ulong)units;
        return cost < most ? cost : most;
    }

    /// <summary>For people: "0.5 USDC per million tokens of input and 2 of output".</summary>
    public override string ToString() => Input == Output
        ? $"{((AtomicAmount)Input).ToUsdc()} USDC per million tokens"
        : $"{((AtomicAmount)Input).ToUsdc()} USDC per million tokens of input and {((AtomicAmount)Output).ToUsdc()} of output";
}
