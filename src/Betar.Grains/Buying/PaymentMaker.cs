using Betar.Ethereum;
using Betar.Grains.Abstractions.Buying;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Networks;
using Betar.X402.Protocol;

namespace Betar.Grains.Buying;

/// <summary>Turns an intent into messages: the request, and the one payment that the intent allows.</summary>
internal sealed class PaymentMaker(IWallets wallets, PaymentAssets assets, PaymentAsset asset, TimeProvider time)
{
    /// <summary>Why the intent itself cannot be acted upon; null when it can.</summary>
    public static Refusal? FindFault(PurchaseIntent intent)
    {
        if (!AtomicAmount.TryParse(intent.MaxAmount, out _))
            return new Refusal { Code = RefusalCodes.AmountWrong, Message = $"'{intent.MaxAmount}' is not a whole number of atomic units." };
        foreach (string address in new[] { intent.Wallet, intent.PayTo })
            if (!Address.TryParse(address, out _))
                return new Refusal { Code = RefusalCodes.OfferRefused, Message = $"'{address}' is not an address." };
        return null;
    }

    public static X402Request Request(PurchaseIntent intent, string purchaseId) => new()
    {
        CorrelationId = purchaseId,
        Resource = intent.AgentId,
        Body = Body(intent),
    };

    /// <summary>Why the seller's demand is not what was asked for; null when it may be signed.</summary>
    public Refusal? FindRefusal(PurchaseIntent intent, PaymentRequired offer)
    {
        OfferRefusal refusal = OfferInspector.Inspect(offer.Requirements, Policy(intent), Address.Parse(intent.Wallet), out _);
        return refusal == OfferRefusal.None ? null : Refused(refusal);
    }

    public Outcome<SignedPurchase> Sign(PurchaseIntent intent, string purchaseId, PaymentRequired offer)
    {
        if (wallets.Find(Address.Parse(intent.Wallet)) is not { } key)
            return new Refusal { Code = RefusalCodes.OfferRefused, Message = $"This node has no key of wallet {intent.Wallet}." };

        SignedOffer signed = new AuthorizationSigner(key, time).Sign(offer, Policy(intent));
        if (!signed.IsSigned)
            return Refused(signed.Refusal);

        var paid = new PaidRequest { CorrelationId = purchaseId, Payment = signed.Payment, Body = Body(intent) };
        return new SignedPurchase(MessageCodec.Write(paid), signed.Key.ToString());
    }

    private OfferPolicy Policy(PurchaseIntent intent) => new()
    {
        Assets = assets,
        Network = asset.Network,
        Payee = Address.Parse(intent.PayTo),
        ListedPrice = AtomicAmount.Parse(intent.MaxAmount),
        Cap = AtomicAmount.Parse(intent.MaxAmount),
        AcceptsKeep = intent.AcceptKeep,
    };

    private static byte[] Body(PurchaseIntent intent) => new TaskBody(intent.Input, intent.AgentId) { Depth = intent.Depth }.Write();

    private static Refusal Refused(OfferRefusal refusal) => refusal == OfferRefusal.KeepsPayment
        ? new Refusal { Code = RefusalCodes.KeepsPayment, Message = "The seller keeps the payment when its work fails; nothing was signed." }
        : new Refusal { Code = RefusalCodes.OfferRefused, Message = $"The seller's demand was not signed: {refusal}." };
}
