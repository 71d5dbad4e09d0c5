using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;

namespace Betar.Grains.Settlement;

/// <summary>Our own accounts send and pay for gas.</summary>
public sealed class OwnSettling(IGasFees fees) : IPaymentSettling
{
    public Task<SettlementResult> SettleAsync(ISettlerGrain own, string payment, TransferOrder transfer) => own.Settle(transfer);

    public async ValueTask<string?> FindObstacleAsync(CancellationToken cancellationToken) => (await fees.QuoteAsync(cancellationToken)).Status switch
    {
        FeeStatus.Quoted => null,
        FeeStatus.TooExpensive => "Gas costs more than this seller allows",
        _ => "The chain cannot be reached",
    };
}
