using Betar.Ethereum;

namespace Betar.X402.Selling;

/// <summary>One sale when its money has moved.</summary>
/// <param name="Payment">What makes the payment that payment.</param>
/// <param name="Scheme">How it was paid.</param>
/// <param name="Sold">What the seller calls what it sells.</param>
/// <param name="Money">Token, payer and how much moved.</param>
/// <param name="Payee">Who was paid.</param>
/// <param name="Transaction">Where; empty when nothing had to move.</param>
public sealed record PaidSale(PaymentKey Payment, string Scheme, string Sold, OwedMoney Money, Address Payee, string Transaction);
