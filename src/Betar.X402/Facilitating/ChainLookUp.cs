using Betar.Ethereum;
using Betar.X402.Schemes;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.X402.Facilitating;

/// <summary>Reads receipts and authorisations from the payment's own chain.</summary>
public sealed class ChainLookUp(SchemeSet schemes, IChains chains) : ISettlementLookUp
{
    public async Task<SettlementOutcome> LookUpAsync(FacilitatorCall call, string transaction, CancellationToken cancellationToken)
    {
        if (schemes.Find(call, out _) is not { } scheme
            || !scheme.Read(call, out var payment).IsAccepted
            || scheme.ToSettlement(payment!) is not { } request
            || !chains.TryFind(request.Key.Network, out var chain))
        {
            return SettlementOutcome.Pending(detail: "there is no chain to ask");
        }

        var reader = new SettlementReader(chain);
        return Hash32.TryParse(transaction, out var hash)
            ? await reader.OfTransactionAsync(request, hash, cancellationToken)
            : await reader.OfAuthorizationAsync(request, cancellationToken);
    }
}
