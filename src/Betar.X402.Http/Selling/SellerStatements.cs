using Betar.X402.Extensions.OfferReceipt;
using Betar.X402.Wire;

namespace Betar.X402.Http.Selling;

/// <summary>Signs what is asked and what was paid for (extension "offer-receipt"), where the seller has a key for it.</summary>
internal sealed class SellerStatements(OfferReceiptSigner? signer, bool namesTransaction)
{
    /// <summary>The demand with its offers; they are made anew each time, and buyers need not bring them back.</summary>
    internal async Task<PaymentDemand> OfferAsync(PaymentDemand demand, CancellationToken cancellationToken) =>
        signer is not null && await signer.SignOffersAsync(demand.Resource.Url, demand.Accepts, cancellationToken) is { } offers
            ? demand with { Extensions = ExtensionSet.Join(demand.Extensions, OfferReceiptExtension.Declaration(offers)) }
            : demand;

    /// <summary>The settlement with its receipt.</summary>
    internal async Task<SettleResponse> ReceiptAsync(string resourceUrl, SettleResponse settled) =>
        signer is not null && await signer.SignReceiptAsync(resourceUrl, settled, namesTransaction, CancellationToken.None) is { } receipt
            ? settled with { Extensions = ExtensionSet.Join(settled.Extensions, OfferReceiptExtension.Declaration(receipt)) }
            : settled;
}
