using Betar.X402.Buying;
using Betar.X402.Wire;

namespace Betar.X402.Schemes;

/// <summary>One way to pay, as buyers see it.</summary>
public interface ISchemeClient
{
    /// <summary>Whether this demand can be answered at all.</summary>
    bool Takes(Requirement requirement, int version);

    /// <summary>Whether it is tried before others, whatever the seller's order.</summary>
    bool IsPreferred => false;

    /// <summary>Signs what the policy allows, with a nonce that was never used.</summary>
    Task<SignedRequirement> SignAsync(Requirement requirement, int version, OfferPolicy policy, CancellationToken cancellationToken);
}
