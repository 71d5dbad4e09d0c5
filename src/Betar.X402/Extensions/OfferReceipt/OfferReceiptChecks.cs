using Betar.Ethereum;
using Betar.Ethereum.Eip712;
using Betar.X402.Schemes;
using Betar.X402.Wire;

namespace Betar.X402.Extensions.OfferReceipt;

/// <summary>What a buyer believes of signed offers and receipts. Whose signature counts is the buyer's to know before.</summary>
public static class OfferReceiptChecks
{
    /// <summary>How old a receipt for a purchase of now may be, and how far clocks may differ.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(15);

    /// <summary>Whether the demand's way to pay at this place was signed by this seller for this resource, and still holds.</summary>
    public static OfferReceiptFault CheckOffer(PaymentDemand demand, int acceptIndex, Address seller, DateTimeOffset now)
    {
        var requirement = demand.Accepts[acceptIndex];
        var offers = OfferReceiptExtension.ReadOffers(demand.Extensions);
        var found = offers.FirstOrDefault(offer => offer.AcceptIndex == acceptIndex)
            ?? offers.FirstOrDefault(offer => offer.AcceptIndex is null && offer.Statement.IsOf(requirement));
        if (found is not { Statement: var statement })
        {
            return OfferReceiptFault.Missing;
        }

        return statement.Version != OfferReceiptExtension.Version ? OfferReceiptFault.Version
            : statement.ResourceUrl != demand.Resource.Url ? OfferReceiptFault.Resource
            : !statement.IsOf(requirement) ? OfferReceiptFault.Terms
            : statement.ValidUntil < now.ToUnixTimeSeconds() ? OfferReceiptFault.Expired
            : CheckSigner(statement.Data, found.Signature, seller);
    }

    /// <summary>Whether this settlement of ours was receipted by this seller.</summary>
    public static OfferReceiptFault CheckReceipt(SettleResponse settled, string resourceUrl, Address payer, NetworkId network, Address seller, DateTimeOffset now)
    {
        if (OfferReceiptExtension.ReadReceipt(settled.Extensions) is not { Statement: var statement } receipt)
        {
            return OfferReceiptFault.Missing;
        }

        return statement.Version != OfferReceiptExtension.Version ? OfferReceiptFault.Version
            : statement.ResourceUrl != resourceUrl ? OfferReceiptFault.Resource
            : statement.Network != network.ToString() ? OfferReceiptFault.Network
            : !Address.TryParse(statement.Payer, out var stated) || stated != payer ? OfferReceiptFault.Payer
            : statement.Transaction.Length > 0 && statement.Transaction != settled.Transaction ? OfferReceiptFault.Transaction
            : statement.IssuedAt < (now - MaxAge).ToUnixTimeSeconds() ? OfferReceiptFault.Expired
            : statement.IssuedAt > (now + ClockTolerance).ToUnixTimeSeconds() ? OfferReceiptFault.NotYet
            : CheckSigner(statement.Data, receipt.Signature, seller);
    }

    private static OfferReceiptFault CheckSigner(TypedData data, string text, Address seller) =>
        !TypedSignature.Read(text, null, out var signature).IsAccepted ? OfferReceiptFault.Signature
        : TypedSignature.IsBy(seller, data.Digest, signature) ? OfferReceiptFault.None
        : OfferReceiptFault.Signer;
}
