using Betar.Ethereum.Eip712;
using Betar.Ethereum.Keys;
using Betar.X402.Wire;

namespace Betar.X402.Extensions.OfferReceipt;

/// <summary>Signs what a seller asks for and what it was paid for. A key that does not sign leaves the answer without, never without an answer.</summary>
public sealed class OfferReceiptSigner(ISigner signer, TimeProvider time)
{
    /// <summary>One for each way to pay; null when the key does not sign.</summary>
    public async Task<IReadOnlyList<SignedStatement<OfferStatement>>?> SignOffersAsync(
        string resourceUrl, IReadOnlyList<Requirement> accepts, CancellationToken cancellationToken)
    {
        var offers = new List<SignedStatement<OfferStatement>>(accepts.Count);
        foreach (var (index, requirement) in accepts.Index())
        {
            var statement = OfferStatement.Of(resourceUrl, requirement, time.GetUtcNow() + TimeSpan.FromSeconds(requirement.MaxTimeoutSeconds));
            if (await SignAsync(statement.Data, cancellationToken) is not { } signature)
            {
                return null;
            }

            offers.Add(new SignedStatement<OfferStatement>(statement, signature, index));
        }

        return offers;
    }

    /// <summary>For a settlement that succeeded; null when the key does not sign.</summary>
    /// <param name="withTransaction">Whether the receipt names the transaction: who reads it then knows payer and payee on the chain.</param>
    public async Task<SignedStatement<ReceiptStatement>?> SignReceiptAsync(
        string resourceUrl, SettleResponse settled, bool withTransaction, CancellationToken cancellationToken)
    {
        if (settled is not { Success: true, Payer: { } payer })
        {
            return null;
        }

        var statement = new ReceiptStatement(
            OfferReceiptExtension.Version, settled.Network, resourceUrl, payer, time.GetUtcNow().ToUnixTimeSeconds(), withTransaction ? settled.Transaction : "");
        return await SignAsync(statement.Data, cancellationToken) is { } signature ? new SignedStatement<ReceiptStatement>(statement, signature) : null;
    }

    private async Task<string?> SignAsync(TypedData data, CancellationToken cancellationToken)
    {
        var signed = await signer.SignTypedDataAsync(data, cancellationToken);
        return signed.TryGetValue(out var signature) ? "0x" + Convert.ToHexStringLower(signature) : null;
    }
}
