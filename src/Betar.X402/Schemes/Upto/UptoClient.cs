using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Buying;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.Upto;

/// <summary>Answers demands for "upto". The maximum is what the buyer's policy must allow: all of it may be taken.</summary>
/// <param name="signer">Who pays.</param>
/// <param name="time">What the deadline is counted from.</param>
/// <param name="covers">
/// Whether so much of this token is there for permits. Where it is asked, a permit is signed only then, and before other ways to pay; else a seller that is
/// paid otherwise too is paid otherwise. Null: nobody asks.
/// </param>
public sealed class UptoClient(ISigner signer, TimeProvider time, Func<Address, AtomicAmount, CancellationToken, ValueTask<bool>>? covers = null) : ISchemeClient
{
    /// <summary>In the extra of an offer: the account that alone may settle it.</summary>
    public const string FacilitatorMember = "facilitatorAddress";

    private readonly Permit2Client _client = new(signer, Permit2Contracts.UptoProxy, time);

    public bool Takes(Requirement requirement, int version) => version == WireVersions.Current && requirement.Scheme == UptoVerify.Scheme;

    public bool IsPreferred => covers is not null;

    public async Task<SignedRequirement> SignAsync(Requirement requirement, int version, OfferPolicy policy, CancellationToken cancellationToken)
    {
        if (!Address.TryParse(requirement.ExtraText(FacilitatorMember), out var facilitator))
        {
            return SignedRequirement.Refused(OfferRefusal.Malformed);
        }

        var isCovered = covers is null || (Address.TryParse(requirement.Asset, out var token) && AtomicAmount.TryParse(requirement.Amount, out var most)
            && await covers(token, most, cancellationToken));
        return isCovered ? await _client.SignAsync(requirement, facilitator, policy, cancellationToken) : SignedRequirement.Refused(OfferRefusal.Allowance);
    }
}
