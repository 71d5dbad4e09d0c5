namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>A channel that is to be claimed now.</summary>
/// <param name="Claimed">What the chain says is claimed already.</param>
internal sealed record DueClaim(PaymentChannel Channel, BatchClaim Claim, AtomicAmount Claimed)
{
    internal AtomicAmount Gain => Claim.TotalClaimed - Claimed;

    public override string ToString() => $"{Gain} of {Channel.Id}";
}
