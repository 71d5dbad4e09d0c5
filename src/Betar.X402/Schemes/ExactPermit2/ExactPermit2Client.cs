using Betar.Ethereum.Keys;
using Betar.X402.Buying;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.ExactPermit2;

/// <summary>Answers demands for "exact" with a permit. The payer must have approved Permit2 for the token before.</summary>
public sealed class ExactPermit2Client(ISigner signer, TimeProvider time) : ISchemeClient
{
    internal const string Method = "permit2";

    private readonly Permit2Client _client = new(signer, Permit2Contracts.ExactProxy, time);

    public bool Takes(Requirement requirement, int version) =>
        version == WireVersions.Current && requirement.Scheme == Requirement.Exact && requirement.ExtraText("assetTransferMethod") == Method;

    public Task<SignedRequirement> SignAsync(Requirement requirement, int version, OfferPolicy policy, CancellationToken cancellationToken) =>
        _client.SignAsync(requirement, null, policy, cancellationToken);
}
