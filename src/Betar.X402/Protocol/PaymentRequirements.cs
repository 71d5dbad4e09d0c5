namespace Betar.X402.Protocol;

/// <summary>What the seller asks for, as text of the wire: nothing in it is trusted before it was checked.</summary>
public sealed record PaymentRequirements
{
    public const string ExactScheme = "exact";

    public string Scheme { get; init; } = ExactScheme;

    public string Network { get; init; } = "";

    /// <summary>Decimal, in the token's smallest units.</summary>
    public string Amount { get; init; } = "";

    public string Asset { get; init; } = "";

    public string PayTo { get; init; } = "";

    public long MaxTimeoutSeconds { get; init; }

    public PaymentExtra? Extra { get; init; }
}
