namespace Betar.Storage.Sessions;

/// <summary>What was paid for an exchange.</summary>
/// <param name="PaymentId">The payment's key, as orders and receipts name it.</param>
/// <param name="TransactionHash">The transfer on the chain.</param>
/// <param name="Amount">Atomic units, decimal text.</param>
/// <param name="Payer">The address that paid.</param>
/// <param name="PaidAt">When the payment was seen settled.</param>
public sealed record SessionPayment(string PaymentId, string TransactionHash, string Amount, string Payer, DateTimeOffset PaidAt);
