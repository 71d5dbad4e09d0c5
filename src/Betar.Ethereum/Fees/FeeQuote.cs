namespace Betar.Ethereum;

/// <summary>What a transaction offers per gas, in wei.</summary>
/// <param name="HasBaseFee">False on a chain from before EIP-1559: both fees are then its gas price.</param>
public sealed record FeeQuote(ulong MaxFeePerGas, ulong MaxPriorityFeePerGas, ulong BaseFeePerGas, bool HasBaseFee)
{
    /// <summary>The most that this much gas can cost. What a rollup takes for its data on another chain comes on top.</summary>
    public UInt256 MostFor(ulong gas) => (UInt256)MaxFeePerGas * gas;
}
