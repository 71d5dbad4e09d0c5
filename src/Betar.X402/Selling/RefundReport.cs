namespace Betar.X402.Selling;

/// <summary>What became of one debt in one look.</summary>
/// <param name="Transaction">The one that paid it back; else empty.</param>
public sealed record RefundReport(OwedPayment Debt, RefundEnd End, string Transaction = "");
