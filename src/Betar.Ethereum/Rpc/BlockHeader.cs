namespace Betar.Ethereum;

/// <summary>What of a block is needed to price transactions and to see that the chain changed its mind.</summary>
/// <param name="BaseFeePerGas">Null on a chain from before EIP-1559.</param>
public sealed record BlockHeader(ulong Number, Hash32 Hash, Hash32 ParentHash, ulong Timestamp, UInt256? BaseFeePerGas)
{
    /// <summary>What all its transactions may take together; null where the node does not say.</summary>
    public UInt256? GasLimit { get; init; }
}
