using Betar.Ethereum;
using Betar.X402.Eip712;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Verification;
using Betar.X402.Verification.Checks;
using Betar.X402.Wire;

namespace Betar.X402.Schemes;

/// <summary>What the schemes that fill an escrow by an authorisation for its receiver have in common: its form, its times, its price, the chain's word.</summary>
internal static class CollectedDeposit
{
    internal static VerificationOutcome TryRead(PaymentPayload payload, PaymentOffer offer, VerificationOptions options, out TransferTerms terms, out byte[] signature)
    {
        (terms, signature) = (default, []);
        if (Eip3009Payment.ReadEnvelope(payload) is not { Payload: { } content } envelope)
        {
            return VerificationReasons.PayloadMissing;
        }

        if (new FieldLengthCheck().Check(envelope, new CheckContext(offer, PaymentBinding.FirstUse, options, default)) is { } tooLong)
        {
            return tooLong;
        }

        var outcome = SignedPaymentReader.TryRead(offer.Asset, content, out var signed, options.Wallets);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        terms = signed!.Terms;
        if (terms.From == offer.PayTo)
        {
            return VerificationReasons.SelfPayment;
        }

        return options.BlockList.IsBlocked(terms.From) ? VerificationReasons.PayerBlocked : TypedSignature.Read(content.Signature, options.Wallets, out signature);
    }

    internal static VerificationOutcome CheckFresh(in TransferTerms terms, PaymentOffer offer, VerificationOptions options, DateTimeOffset now)
    {
        if (terms.ValidBefore < CheckContext.ToSeconds(now + options.ExpiryMargin))
        {
            return VerificationReasons.ValidBefore;
        }

        if (terms.ValidAfter > CheckContext.ToSeconds(now))
        {
            return VerificationReasons.ValidAfter;
        }

        if (terms.Value != offer.Amount)
        {
            return VerificationReasons.ValueMismatch;
        }

        return terms.ValidBefore > CheckContext.ToSeconds(now + offer.MaxTimeout + options.WindowTolerance)
            ? VerificationReasons.WindowTooLong
            : VerificationOutcome.Accepted;
    }

    internal static VerificationOutcome CheckSignature(in TransferTerms terms, PaymentOffer offer, byte[] signature) =>
        TypedSignature.IsBy(terms.From, ReceiveAuthorization.Data(offer.Asset.Domain, terms).Digest, signature)
            ? VerificationOutcome.Accepted
            : VerificationReasons.Signature;

    /// <summary>The same where the payer may be a contract: the token asks it too.</summary>
    internal static ValueTask<VerificationOutcome> CheckSignatureAsync(
        in TransferTerms terms, PaymentOffer offer, byte[] signature, IChains chains, VerificationOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        WalletSignature.JudgeAsync(
            CheckSignature(terms, offer, signature), VerificationReasons.Signature, chains, options, time, offer.Asset.Network, terms.From,
            ReceiveAuthorization.Data(offer.Asset.Domain, terms).Digest, signature, cancellationToken);

    /// <summary>Whether the nonce is free and this call would succeed now.</summary>
    internal static async ValueTask<VerificationOutcome> CheckChainAsync(
        IChains chains, PaymentOffer offer, TransferTerms terms, CallRequest call, CancellationToken cancellationToken)
    {
        if (!chains.TryFind(offer.Asset.Network, out var chain))
        {
            return VerificationReasons.ChainUnreachable;
        }

        var token = new Eip3009Token(chain, offer.Asset.Address);
        var used = await token.AuthorizationStateAsync(terms.From, terms.Nonce.Value, cancellationToken);
        if (used.TryGetValue(out var isUsed) && isUsed)
        {
            return VerificationReasons.NonceAlreadyUsed;
        }

        var simulation = await chain.SimulateAsync(call, cancellationToken);
        if (simulation.IsValue)
        {
            return VerificationOutcome.Accepted;
        }

        if (simulation.Status is not (RpcStatus.Error or RpcStatus.InvalidResponse))
        {
            return VerificationReasons.ChainUnreachable;
        }

        var balance = await token.BalanceOfAsync(terms.From, cancellationToken);
        return balance.TryGetValue(out var units) && units < terms.Value.Units ? VerificationReasons.InsufficientBalance : VerificationReasons.SimulationFailed;
    }
}
