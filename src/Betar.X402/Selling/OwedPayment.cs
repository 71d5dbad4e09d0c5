using Betar.X402.Wire;

namespace Betar.X402.Selling;

/// <summary>A payment that was settled and whose work is not done.</summary>
/// <param name="Settlement">Who paid, how much, in which transaction.</param>
/// <param name="Resource">Path and query of the request.</param>
/// <param name="Since">When the money had moved.</param>
public sealed record OwedPayment(PaymentKey Payment, SettleResponse Settlement, string Resource, DateTimeOffset Since);
