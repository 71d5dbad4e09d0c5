using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.X402.Facilitating;

/// <summary>Asks the chain itself what became of a payment, past every facilitator.</summary>
public interface ISettlementLookUp
{
    /// <param name="transaction">What a facilitator says it was; empty when it said nothing.</param>
    Task<SettlementOutcome> LookUpAsync(FacilitatorCall call, string transaction, CancellationToken cancellationToken);
}
