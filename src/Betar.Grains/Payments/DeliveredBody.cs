namespace Betar.Grains.Payments;

/// <summary>What the ledger keeps at "delivered": the answer, to be fetched again.</summary>
internal sealed record DeliveredBody(string Output);
