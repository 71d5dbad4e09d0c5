using Betar.Ethereum;

namespace Betar.Grains.Settlement;

/// <summary>How transfers are brought onto the chain.</summary>
public sealed class SettlementOptions
{
    /// <summary>Beyond <see cref="MaxBatch"/>: what one transaction has gas for.</summary>
    public const int MostInBatch = 64;

    /// <summary>Longest wait for a transaction's receipt; then it is replaced, or the settlement is pending. Range 100 ms to 60 s; default 10 s.</summary>
    public TimeSpan ReceiptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries with another transaction nonce when the chain says that ours is taken. Range 1 to 10; default 3.</summary>
    public int NonceTries { get; set; } = 3;

    /// <summary>Times that a transaction which no block takes is sent again with a higher fee. Range 0 to 10; default 1: with the first wait it fits into a stream's budget.</summary>
    public int Replacements { get; set; } = 1;

    /// <summary>Blocks that must hold a transfer before it counts, its own included. Range 1 to 10,000; default 1, the network says more.</summary>
    public int Confirmations { get; set; } = 1;

    /// <summary>Longest wait for them in one call; then the settlement is pending. Range 0 to 60 s; default 15 s.</summary>
    public TimeSpan ConfirmationTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Pause between looks while waiting for them. Range 10 ms to 60 s; default 500 ms.</summary>
    public TimeSpan ConfirmationInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Transfers that go in one transaction when they wait at the same moment. Range 1 to 64; default 1: each goes alone.</summary>
    public int MaxBatch { get; set; } = 1;

    /// <summary>Gas limit that no transaction with more than one transfer goes beyond. Range 400,000 to 16,777,216, the most that chains take; default 12,000,000.</summary>
    public ulong MaxBatchGas { get; set; } = 12_000_000;

    /// <summary>Longest that a transfer waits for the end of the transaction before, to share the next one with others. Range 0 to 10 s; default 1 s.</summary>
    public TimeSpan BatchWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The contract that takes many calls in one transaction; default the address where it stands on public chains.</summary>
    public Address Multicall { get; set; } = Multicall3.StandardAddress;
}
