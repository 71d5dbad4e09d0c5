using Betar.X402.Wire;

namespace Betar.X402.Selling;

/// <summary>Hears of payments that were settled before their work: the seller owes a refund, or the work.</summary>
public interface IOwedWork
{
    /// <summary>
    /// The money has moved and the work begins. Should nobody say how it ended, it is owed. False when the money went back meanwhile, or is on its
    /// way: then the work is not begun.
    /// </summary>
    Task<bool> BeginAsync(PaymentKey key, SettleResponse settlement, string resource, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>The work failed.</summary>
    Task OweAsync(PaymentKey key, SettleResponse settlement, string resource, CancellationToken cancellationToken);

    /// <summary>The answer is kept: nothing is owed any more.</summary>
    Task DoneAsync(PaymentKey key, CancellationToken cancellationToken) => Task.CompletedTask;
}
