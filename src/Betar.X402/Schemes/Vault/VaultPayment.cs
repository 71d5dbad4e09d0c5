using Betar.Ethereum;
using Betar.X402.Eip712;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.Vault;

/// <summary>An authorisation for a vault, beside the demand whose terms its nonce must be the hash of.</summary>
internal sealed class VaultPayment(TransferTerms authorization, byte[] signature, Hash32 saltNonce, PaymentOffer offer, VaultDemand demand) : SchemePayment
{
    internal TransferTerms Authorization { get; } = authorization;

    internal byte[] Signature { get; } = signature;

    internal PaymentOffer Offer { get; } = offer;

    internal VaultDemand Demand { get; } = demand;

    public override PaymentKey Key => new(Offer.Asset.Network, Offer.Asset.Address, Payer, Authorization.Nonce);

    public override Address Payer => Authorization.From;

    public override AtomicAmount Amount => Authorization.Value;

    public override ulong ValidBefore => Authorization.ValidBefore.TryToUInt64(out var seconds) ? seconds : ulong.MaxValue;

    /// <summary>Only after the window was checked: before, its end may not even fit.</summary>
    internal VaultTerms Terms => Demand.Terms(Offer, Payer, ValidBefore, saltNonce);

    internal Hash32 Id => VaultHasher.Id(Offer.Asset.Network, Demand.Vault, Terms);
}
