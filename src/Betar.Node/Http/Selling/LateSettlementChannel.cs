using Betar.X402.Settling;

namespace Betar.Node.Http.Selling;

/// <summary>The way to the node's settlers on whichever silo lives now.</summary>
internal sealed class LateSettlementChannel(Func<ISettlementChannel> now) : ISettlementChannel
{
    public Task<SettlementOutcome> SettleAsync(SettlementRequest request, CancellationToken cancellationToken) => now().SettleAsync(request, cancellationToken);

    public Task<SettlementOutcome> LookUpAsync(SettlementRequest request, CancellationToken cancellationToken) => now().LookUpAsync(request, cancellationToken);
}
