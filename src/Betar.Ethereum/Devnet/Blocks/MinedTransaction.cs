namespace Betar.Ethereum.Devnet;

/// <summary>A transaction in a block. Kept small, for there are many: what follows from the raw bytes is decoded again when asked for.</summary>
internal sealed class MinedTransaction
{
    internal required Hash32 Hash { get; init; }

    internal required Address Sender { get; init; }

    internal required ReadOnlyMemory<byte> Raw { get; init; }

    internal required AuthorizationProof Proof { get; init; }

    /// <summary>Null when it succeeded; the revert's reason otherwise.</summary>
    internal required string? Revert { get; init; }

    /// <summary>An injected revert is no consequence of the state, so the file says it.</summary>
    internal required bool IsForced { get; init; }

    internal required ulong GasUsed { get; init; }

    /// <summary>Of this and the transactions before it in the block.</summary>
    internal required ulong CumulativeGasUsed { get; init; }

    internal required int Index { get; init; }

    internal required int FirstLogIndex { get; init; }

    internal DevnetBlock Block { get; private set; } = null!;

    internal bool Succeeded => Revert is null;

    internal void JoinBlock(DevnetBlock block) => Block = block;
}
