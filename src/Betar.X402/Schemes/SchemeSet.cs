using Betar.X402.Facilitating;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes;

/// <summary>The ways to pay that are taken; a payment's content decides between those that share a name.</summary>
public sealed class SchemeSet(IEnumerable<IPaymentScheme> schemes)
{
    private readonly IPaymentScheme[] _schemes = [.. schemes];

    /// <summary>One for each name.</summary>
    public IEnumerable<IPaymentScheme> Offered => _schemes.DistinctBy(scheme => scheme.Name);

    /// <summary>Null with the reason.</summary>
    public IPaymentScheme? Find(FacilitatorCall call, out VerificationOutcome missing)
    {
        var named = _schemes.Where(scheme => scheme.Name == call.Requirement.Scheme).ToList();
        var found = named.Find(scheme => scheme.Takes(call.Payment));
        missing = found is not null ? VerificationOutcome.Accepted
            : named.Count == 0 ? FacilitatorPolicy.UnsupportedScheme
            : FacilitatorPolicy.UnsupportedPayload;
        return found;
    }
}
