using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>A channel as its payer keeps it.</summary>
/// <param name="Balance">What was deposited, as far as the seller or the chain confirmed it.</param>
/// <param name="Charged">What the seller said that it charged, all calls together.</param>
/// <param name="SignedMax">The highest voucher that was ever signed: no more can be taken, whatever the seller says.</param>
/// <param name="Filling">A deposit that was signed and not confirmed yet.</param>
/// <param name="Waiting">The voucher that is on its way, by what it signs; what became of it is not known. Null for none.</param>
public sealed record BuyerChannel(Hash32 Id, AtomicAmount Balance, AtomicAmount Charged, AtomicAmount SignedMax, AtomicAmount Filling, AtomicAmount? Waiting)
{
    /// <summary>How long it is waited for what became of the voucher, and of the deposit with it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>A voucher of which nothing was ever heard: the seller has charged it all, or nothing of it.</summary>
    public AtomicAmount? Doubt { get; init; }

    /// <summary>Which of the two the last voucher took for true.</summary>
    public bool AssumesCharged { get; init; }

    public static BuyerChannel New(Hash32 id) => new(id, 0, 0, 0, 0, null);

    /// <summary>So much is charged, and nothing is in doubt any more.</summary>
    public BuyerChannel Know(AtomicAmount charged) =>
        this with { Charged = charged, Waiting = null, Until = null, Doubt = null, AssumesCharged = false };

    /// <summary>Nothing was heard of the voucher: the next one takes it for not charged, the one after that for charged, and so on by turns.</summary>
    public BuyerChannel GiveUp() => this with
    {
        Waiting = null, Until = null, Doubt = Doubt ?? Waiting, AssumesCharged = Doubt is not null && !AssumesCharged,
    };

    /// <summary>What the next voucher counts from.</summary>
    public AtomicAmount Base => AssumesCharged && Doubt is { } charged ? charged : Charged;
}
