using Betar.Ethereum;

namespace Betar.Cluster.Tests.Model;

/// <summary>A block with one transaction or none, and the way back from it.</summary>
internal sealed record ModelBlock(ulong Number, Hash32 Hash, ulong Timestamp)
{
    public Stack<Action> Undo { get; } = [];

    /// <summary>What the block's transaction was, to be waiting again after a reorganisation.</summary>
    public SignedTransaction? Transaction { get; set; }

    public TransactionReceipt? Receipt { get; set; }
}
