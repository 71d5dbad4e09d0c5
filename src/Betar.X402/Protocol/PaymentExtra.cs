namespace Betar.X402.Protocol;

/// <summary>The token's EIP-712 domain as the seller states it. Shown and compared, never used for signing.</summary>
public sealed record PaymentExtra(string Name, string Version)
{
    /// <summary>What <see cref="Refund"/> says where the payment of work that failed does not go back.</summary>
    public const string Keep = "keep";

    /// <summary>Ours: what becomes of the payment when the work fails. Empty: nothing is said of it, and a seller of ours pays it back.</summary>
    public string Refund { get; init; } = "";
}
