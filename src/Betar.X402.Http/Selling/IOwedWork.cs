using Betar.X402.Wire;

namespace Betar.X402.Http.Selling;

/// <summary>Hears of payments that were settled and whose work failed: the seller owes a refund, or the work.</summary>
public interface IOwedWork
{
    Task OweAsync(PaymentKey key, SettleResponse settlement, string resource, CancellationToken cancellationToken);
}
