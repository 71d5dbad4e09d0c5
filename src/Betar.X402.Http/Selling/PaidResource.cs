using Betar.X402.Wire;

namespace Betar.X402.Http.Selling;

/// <summary>What one endpoint sells, and for what.</summary>
public sealed record PaidResource
{
    /// <summary>In the token's smallest units.</summary>
    public required AtomicAmount Price { get; init; }

    /// <summary>What the seller's book of sales calls it. Null: by path and query of the request.</summary>
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? MimeType { get; init; }

    /// <summary>Other ways to pay than "exact" by EIP-3009, offered after it; those of version 2 only.</summary>
    public IReadOnlyList<Requirement> AlsoAccepts { get; init; } = [];

    /// <summary>Whether buyers name their purchases.</summary>
    public PurchaseNaming Naming { get; init; }

    /// <summary>Whether work that a crash interrupted may be begun again when its buyer asks again: doing it twice is doing it once. Else it is owed.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Whether the payment of work that failed is kept, which buyers are told before they pay. Whether it is kept is the handler's word.</summary>
    public bool KeepsFailed { get; init; }

    /// <summary>Whether buyers may sign in for what they bought, instead of paying again; needs a <see cref="BuyerSignIn"/>.</summary>
    public bool SignIn { get; init; }

    /// <summary>Null: as the seller's options say.</summary>
    public PaymentFlow? Flow { get; init; }
}
