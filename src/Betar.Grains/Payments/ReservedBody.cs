using Betar.Grains.Abstractions.Payments;

namespace Betar.Grains.Payments;

/// <summary>What the ledger keeps at "reserved": enough to go on after any crash.</summary>
internal sealed record ReservedBody(PaidOrder Order);
