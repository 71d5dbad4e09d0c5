using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Verification;
using Betar.X402.Verification.Checks;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>The rows of a voucher and of a deposit in the SDK's order, but that times come before signatures.</summary>
internal sealed class BatchVerify(BatchOptions options, TimeProvider time)
{
    internal VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment)
    {
        payment = null;
        if (call.Payment.Scheme != BatchContracts.Scheme || call.Requirement.Scheme != BatchContracts.Scheme)
        {
            return BatchReasons.Scheme;
        }

        var outcome = PaymentOffer.TryRead(call.Requirement.ToPaymentRequirements() with { Scheme = Requirement.Exact }, options.Assets, out var offer);
        if (!outcome.IsAccepted)
        {
            return outcome.Reason == VerificationReasons.MissingDomain ? BatchReasons.MissingDomain : outcome;
        }

        if (call.Payment.Network != call.Requirement.Network)
        {
            return BatchReasons.Network;
        }

        outcome = BatchReader.TryRead(call.Payment.Payload, offer!, call.Requirement, AgreedOf(call, offer!.Amount), options.Verification.Wallets, out var read);
        if (outcome.IsAccepted && BatchHasher.ChannelId(offer!.Asset.Network, read!.Config) != read.ChannelId)
        {
            outcome = BatchReasons.ChannelId;
        }

        if (outcome.IsAccepted && options.Verification.BlockList.IsBlocked(read!.Payer))
        {
            outcome = VerificationReasons.PayerBlocked;
        }

        payment = outcome.IsAccepted ? read : null;
        return outcome;
    }

    private static AtomicAmount AgreedOf(FacilitatorCall call, AtomicAmount asked) =>
        AtomicAmount.TryParse(call.Payment.Accepted?.Amount ?? "", out var taken) && taken > asked ? taken : asked;

    internal VerificationOutcome CheckFresh(BatchPayment payment)
    {
        var config = payment.Config;
        if (config.Receiver != payment.Offer.PayTo)
        {
            return BatchReasons.Receiver;
        }

        if (!Address.TryParse(payment.Requirement.ExtraText("receiverAuthorizer"), out var authorizer) || authorizer.IsZero || config.ReceiverAuthorizer != authorizer)
        {
            return BatchReasons.ReceiverAuthorizer;
        }

        if (config.Token != payment.Offer.Asset.Address)
        {
            return BatchReasons.Token;
        }

        if (payment.Requirement.Extra!.Value.TryGetProperty("withdrawDelay", out var delay)
            && (delay.ValueKind != JsonValueKind.Number || !delay.TryGetUInt64(out var seconds) || seconds != config.WithdrawDelay))
        {
            return BatchReasons.WithdrawDelay;
        }

        if (config.WithdrawDelay is < BatchContracts.MinWithdrawDelay or > BatchContracts.MaxWithdrawDelay)
        {
            return BatchReasons.WithdrawDelayRange;
        }

        return payment.Deposit is { } deposit ? CheckDeposit(payment, deposit) : VerificationOutcome.Accepted;
    }

    internal static VerificationOutcome CheckSignature(BatchPayment payment)
    {
        var outcome = CheckDepositSignature(payment);
        return outcome.IsAccepted ? CheckVoucherSignature(payment) : outcome;
    }

    /// <summary>The same where payers may be contracts. An authoriser never is: the channels' contract knows it by its key only.</summary>
    internal async ValueTask<VerificationOutcome> CheckSignatureAsync(BatchPayment payment, CancellationToken cancellationToken)
    {
        var outcome = CheckDepositSignature(payment);
        if (payment.Deposit is { } deposit)
        {
            outcome = await JudgeAsync(payment, outcome, BatchReasons.DepositSignature, DepositDigest(payment), deposit.Signature, cancellationToken);
        }

        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        outcome = CheckVoucherSignature(payment);
        return payment.Config.PayerAuthorizer.IsZero
            ? await JudgeAsync(payment, outcome, BatchReasons.VoucherSignature, VoucherDigest(payment), payment.Signature, cancellationToken)
            : outcome;
    }

    /// <summary>The channel as we keep it: between two deposits the chain need not be asked.</summary>
    internal async ValueTask<VerificationOutcome> CheckChannelAsync(BatchPayment payment, CancellationToken cancellationToken)
    {
        var state = await options.Book.FindAsync(payment.ChannelId, cancellationToken);
        if (payment.Deposit is { } deposit)
        {
            state ??= ChannelState.New(payment.Channel);
            state = AtomicAmount.TryAdd(state.Balance, deposit.Amount, out var balance) ? state with { Balance = balance } : state;
        }

        return ChannelRules.CheckVoucher(state, payment.MaxClaimable, payment.Agreed);
    }

    private ValueTask<VerificationOutcome> JudgeAsync(
        BatchPayment payment, VerificationOutcome byKey, VerificationReason refused, Hash32 digest, byte[] signature, CancellationToken cancellationToken) =>
        WalletSignature.JudgeAsync(
            byKey, refused, options.Chains, options.Verification, time, payment.Offer.Asset.Network, payment.Payer, digest, signature, cancellationToken);

    private static VerificationOutcome CheckDepositSignature(BatchPayment payment) =>
        payment.Deposit is not { } deposit || TypedSignature.IsBy(payment.Payer, DepositDigest(payment), deposit.Signature)
            ? VerificationOutcome.Accepted
            : BatchReasons.DepositSignature;

    private static VerificationOutcome CheckVoucherSignature(BatchPayment payment) =>
        TypedSignature.IsBy(payment.Config.VoucherSigner, VoucherDigest(payment), payment.Signature) ? VerificationOutcome.Accepted : BatchReasons.VoucherSignature;

    private static Hash32 DepositDigest(BatchPayment payment) => ReceiveAuthorization.Data(payment.Offer.Asset.Domain, payment.DepositTerms).Digest;

    private static Hash32 VoucherDigest(BatchPayment payment) => BatchHasher.Voucher(payment.Offer.Asset.Network, payment.ChannelId, payment.MaxClaimable).Digest;

    private VerificationOutcome CheckDeposit(BatchPayment payment, BatchDeposit deposit)
    {
        var now = time.GetUtcNow();
        if (deposit.ValidBefore < CheckContext.ToSeconds(now + options.Verification.ExpiryMargin))
        {
            return BatchReasons.ValidBefore;
        }

        if (deposit.ValidAfter > CheckContext.ToSeconds(now))
        {
            return BatchReasons.ValidAfter;
        }

        if (AtomicAmount.TryParse(payment.Requirement.ExtraText("minDeposit"), out var least) && deposit.Amount < least)
        {
            return BatchReasons.BelowMinDeposit;
        }

        return deposit.ValidBefore > CheckContext.ToSeconds(now + payment.Offer.MaxTimeout + options.Verification.WindowTolerance)
            ? VerificationReasons.WindowTooLong
            : VerificationOutcome.Accepted;
    }
}
