namespace Betar.Grains.Settlement;

/// <summary>How transfers are brought onto the chain.</summary>
public sealed class SettlementOptions
{
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
}
