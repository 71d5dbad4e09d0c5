using Betar.Ethereum;
using Betar.X402.Eip712;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>A voucher, with the deposit that opens or fills its channel where there is one.</summary>
internal sealed class BatchPayment(
    ChannelConfig config, Hash32 channelId, AtomicAmount maxClaimable, byte[] signature, BatchDeposit? deposit, PaymentOffer offer, Requirement requirement) : SchemePayment
{
    internal ChannelConfig Config { get; } = config;

    internal Hash32 ChannelId { get; } = channelId;

    internal PaymentChannel Channel => new(Offer.Asset.Network, ChannelId, Config);

    internal AtomicAmount MaxClaimable { get; } = maxClaimable;

    internal byte[] Signature { get; } = signature;

    internal BatchDeposit? Deposit { get; } = deposit;

    internal PaymentOffer Offer { get; } = offer;

    internal Requirement Requirement { get; } = requirement;

    /// <summary>What the voucher is signed for: what was asked, or more where the payer took an offer of more and less is charged now.</summary>
    internal AtomicAmount Agreed { get; init; } = offer.Amount;

    public override PaymentKey Key =>
        new(Offer.Asset.Network, BatchContracts.Settlement, Payer, BatchHasher.StepNonce(ChannelId, MaxClaimable));

    public override Address Payer => Config.Payer;

    public override AtomicAmount Amount => Offer.Amount;

    public override AtomicAmount? Charged => Offer.Amount;

    public override ulong ValidBefore => Deposit is { } deposit && deposit.ValidBefore.TryToUInt64(out var seconds) ? seconds : ulong.MaxValue;

    /// <summary>The deposit as the token sees it.</summary>
    internal TransferTerms DepositTerms => new(
        Payer, BatchContracts.Eip3009Collector, Deposit!.Amount, Deposit.ValidAfter, Deposit.ValidBefore, BatchHasher.DepositNonce(ChannelId, Deposit.Salt));
}
