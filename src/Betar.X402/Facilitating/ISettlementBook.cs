namespace Betar.X402.Facilitating;

/// <summary>Who settles which payment. One key has one owner, whoever else asks and however many at once.</summary>
public interface ISettlementBook
{
    /// <summary>Takes the payment for this attempt, or says how it stands.</summary>
    Task<SettlementEntry> BeginAsync(PaymentKey key, string? attempt, DateTimeOffset keepUntil, CancellationToken cancellationToken);

    /// <summary>Whether it was begun, and nobody knows yet how it ended: then its time and price are no longer asked for.</summary>
    Task<bool> IsPendingAsync(PaymentKey key, CancellationToken cancellationToken);

    /// <summary>Writes down how the owner's settlement ended; a pending one is free for the next who asks.</summary>
    Task EndAsync(PaymentKey key, Wire.SettleResponse response, CancellationToken cancellationToken);
}
