namespace Betar.Ethereum.Devnet;

/// <summary>What the RPC methods share. <see cref="Chain"/> and <see cref="Pool"/> are read and changed under <see cref="Gate"/>.</summary>
internal sealed record DevnetContext(
    DevnetOptions Options,
    TimeProvider Time,
    Lock Gate,
    BlockChain Chain,
    TransactionPool Pool,
    TransactionPreparer Preparer,
    FaultPlan Faults,
    BlockProducer Producer)
{
    internal const ulong TokenDecimals = 6;

    internal PreparedTransaction Decode(MinedTransaction mined) => Preparer.FromFile(mined.Raw, mined.Sender, mined.Proof);

    /// <summary>Under the gate. Only the state after the last block is kept.</summary>
    internal RpcFault? RefuseOlder(BlockTag block)
    {
        if (!block.IsNumber || block.Height == Chain.Head.Number)
            return null;
        return block.Height > Chain.Head.Number
            ? RpcFault.Server("header not found")
            : RpcFault.Server("the state of older blocks is not kept: ask for the latest");
    }
}
