namespace Betar.X402.Protocol;

/// <summary>The answer of an agent, after payment when there was one.</summary>
public sealed record X402Response : X402Reply
{
    public string PaymentId { get; init; } = "";

    /// <summary>Empty for a free agent.</summary>
    public string TxHash { get; init; } = "";

    public ReadOnlyMemory<byte> Body { get; init; }

    public string SellerDid { get; init; } = "";

    /// <summary>The agent's ERC-8004 token, decimal, or empty.</summary>
    public string SellerTokenId { get; init; } = "";
}
