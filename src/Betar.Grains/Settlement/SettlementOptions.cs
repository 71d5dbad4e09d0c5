namespace Betar.Grains.Settlement;

/// <summary>How transfers are brought onto the chain.</summary>
public sealed class SettlementOptions
{
    /// <summary>Longest wait for a transaction's receipt; then the settlement is pending. Range 100 ms to 60 s; default 10 s.</summary>
    public TimeSpan ReceiptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most that a unit of gas may cost, in wei. Default 0: gas is free on the devnet chain.</summary>
    public ulong MaxFeePerGas { get; set; }

    /// <summary>Tip for a unit of gas, in wei. Default 0.</summary>
    public ulong MaxPriorityFeePerGas { get; set; }

    /// <summary>Tries with another transaction nonce when the chain says that ours is taken. Range 1 to 10; default 3.</summary>
    public int NonceTries { get; set; } = 3;
}
