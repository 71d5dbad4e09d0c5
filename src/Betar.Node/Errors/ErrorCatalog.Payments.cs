namespace Betar.Node.Errors;

public static partial class ErrorCatalog
{
    public static ErrorEntry PaymentInvalid { get; } = new("BTR-3001", "the payment was refused by a check",
        "see the reason, sign a new payment for a new quote")
    {
        X402Reason = "that of the check, docs/payments.md", StreamCode = 2001, HttpStatus = 402,
    };

    public static ErrorEntry ChallengeMismatch { get; } = new("BTR-3002", "the nonce is not the one of this quote",
        "ask for a new quote and sign its nonce")
    {
        X402Reason = "betar_challenge_mismatch", StreamCode = 2002, HttpStatus = 402,
    };

    public static ErrorEntry ChallengeExpired { get; } = new("BTR-3003", "the quote has expired", "ask for a new quote")
    {
        X402Reason = "betar_challenge_expired", StreamCode = 2003, HttpStatus = 402,
    };

    public static ErrorEntry PaymentConflict { get; } = new("BTR-3004", "the payment was used for another request",
        "repeat the first request, or sign a new payment")
    {
        X402Reason = "betar_nonce_reserved", StreamCode = 2004, HttpStatus = 409,
    };

    public static ErrorEntry AmountWrong { get; } = new("BTR-3005", "the amount is not the price", "sign exactly the amount of the quote")
    {
        X402Reason = "invalid_exact_evm_payload_authorization_value_mismatch", StreamCode = 2005, HttpStatus = 402,
    };

    public static ErrorEntry SettlementRefused { get; } = new("BTR-3006", "the chain refused the payment",
        "see the reason; nothing was taken")
    {
        X402Reason = "invalid_exact_evm_transaction_failed", StreamCode = 2007, HttpStatus = 402,
    };

    public static ErrorEntry SettlementPending { get; } = new("BTR-3007", "the payment is sent and not yet confirmed",
        "ask again with the same payment; never sign another")
    {
        X402Reason = "settlement_pending", StreamCode = 2007, HttpStatus = 402,
    };

    public static ErrorEntry Busy { get; } = new("BTR-3008", "the seller is busy", "ask again in a moment; nothing was taken")
    {
        X402Reason = "busy", StreamCode = 3001, HttpStatus = 503,
    };

    public static ErrorEntry FloatTooLow { get; } = new("BTR-3009", "the refund account is too low to sell",
        "fund the refund account that betar wallet address shows")
    {
        X402Reason = "unavailable", StreamCode = 3001, HttpStatus = 503,
    };

    public static ErrorEntry RefundOwed { get; } = new("BTR-3010", "the work failed after payment and a refund is owed",
        "ask again with the same payment until it says refunded")
    {
        X402Reason = "refund_owed", StreamCode = 3000, HttpStatus = 502,
    };

    public static ErrorEntry Refunded { get; } = new("BTR-3011", "the work failed and the payment was refunded",
        "the transaction is in the answer")
    {
        X402Reason = "refunded", StreamCode = 3000, HttpStatus = 502,
    };

    public static ErrorEntry OfferRefused { get; } = new("BTR-3012", "the offer is not what was asked for",
        "do not pay; look at the listing and the seller");

    public static ErrorEntry BudgetPerTask { get; } = new("BTR-3013", "the price is above the limit for one task",
        "raise the limit, or choose another seller");

    public static ErrorEntry BudgetPerDay { get; } = new("BTR-3014", "the day's budget is spent", "wait until tomorrow, or raise it");

    public static ErrorEntry BudgetPerPeer { get; } = new("BTR-3015", "the budget for this seller is spent",
        "choose another seller, or raise it");

    public static ErrorEntry MandateInvalid { get; } = new("BTR-3016", "the mandate is unknown, expired, spent or revoked",
        "ask the wallet's owner for a new one");

    public static ErrorEntry ModeOff { get; } = new("BTR-3017", "this way of paying is switched off", "ask for a quote first")
    {
        X402Reason = "betar_first_use_not_allowed", StreamCode = 2001, HttpStatus = 402,
    };

    public static ErrorEntry CannotSettleNow { get; } = new("BTR-3018", "payments cannot be settled now, so nothing is sold",
        "ask again in a moment; nothing was taken")
    {
        X402Reason = "unavailable", StreamCode = 3001, HttpStatus = 503,
    };

    public static ErrorEntry PayeeChanged { get; } = new("BTR-3019", "the seller names another account than before",
        "ask its owner; if it is right, name the account with --pay-to");

    public static ErrorEntry KeepsPayment { get; } = new("BTR-3020", "the seller keeps the payment when its work fails",
        "choose another seller, or say that you accept it: --accept-keep");

    public static ErrorEntry WalletTooLow { get; } = new("BTR-3021", "the wallet has less than the price", "put money into it; nothing was taken")
    {
        X402Reason = "invalid_exact_evm_insufficient_balance", StreamCode = 2007, HttpStatus = 402,
    };

    private static ErrorEntry[] PaymentErrors() =>
    [
        PaymentInvalid, ChallengeMismatch, ChallengeExpired, PaymentConflict, AmountWrong, SettlementRefused, SettlementPending,
        Busy, FloatTooLow, RefundOwed, Refunded, OfferRefused, BudgetPerTask, BudgetPerDay, BudgetPerPeer, MandateInvalid, ModeOff,
        CannotSettleNow, PayeeChanged, KeepsPayment, WalletTooLow,
    ];
}
