using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Buying;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.Upto;

/// <summary>Answers demands for "upto". The maximum is what the buyer's policy must allow: all of it may be taken.</summary>
public sealed class UptoClient(ISigner signer, TimeProvider time) : ISchemeClient
{
    internal const string FacilitatorMember = "facilitatorAddress";

    private readonly Permit2Client _client = new(signer, Permit2Contracts.UptoProxy, time);

    public bool Takes(Requirement requirement, int version) => version == WireVersions.Current && requirement.Scheme == UptoVerify.Scheme;

    public Task<SignedRequirement> SignAsync(Requirement requirement, int version, OfferPolicy policy, CancellationToken cancellationToken) =>
        Address.TryParse(requirement.ExtraText(FacilitatorMember), out var facilitator)
            ? _client.SignAsync(requirement, facilitator, policy, cancellationToken)
            : Task.FromResult(SignedRequirement.Refused(OfferRefusal.Malformed));
}
