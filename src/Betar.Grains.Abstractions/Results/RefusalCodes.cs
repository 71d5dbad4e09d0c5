namespace Betar.Grains.Abstractions.Results;

/// <summary>The codes that grains answer with; each stands in docs/errors.md.</summary>
public static class RefusalCodes
{
    public const string PaymentInvalid = "BTR-3001";
    public const string ChallengeMismatch = "BTR-3002";
    public const string ChallengeExpired = "BTR-3003";
    public const string PaymentConflict = "BTR-3004";
    public const string AmountWrong = "BTR-3005";
    public const string SettlementRefused = "BTR-3006";
    public const string SettlementPending = "BTR-3007";
    public const string Busy = "BTR-3008";
    public const string FloatTooLow = "BTR-3009";
    public const string RefundOwed = "BTR-3010";
    public const string Refunded = "BTR-3011";
    public const string OfferRefused = "BTR-3012";
    public const string BudgetPerTask = "BTR-3013";
    public const string BudgetPerDay = "BTR-3014";
    public const string BudgetPerPeer = "BTR-3015";
    public const string MandateInvalid = "BTR-3016";
    public const string ModeOff = "BTR-3017";
    public const string CannotSettleNow = "BTR-3018";
    public const string KeepsPayment = "BTR-3020";
    public const string WalletTooLow = "BTR-3021";

    public const string UnknownAgent = "BTR-4001";
    public const string ExecutionFailed = "BTR-4002";
    public const string SellerUnreachable = "BTR-4004";
    public const string SellerRefused = "BTR-4005";
    public const string PurchaseConflict = "BTR-4006";
    public const string AgentSpecInvalid = "BTR-4007";
    public const string ListingUnverified = "BTR-4012";
    public const string AgentAmbiguous = "BTR-4020";
    public const string PurchaseGivenUp = "BTR-4021";
    public const string HireTooDeep = "BTR-4022";
    public const string HireBudget = "BTR-4023";
    public const string UnknownWorkflow = "BTR-4024";
    public const string WorkflowInvalid = "BTR-4025";
    public const string WorkflowBudget = "BTR-4026";
    public const string WorkflowTimeout = "BTR-4027";
    public const string WorkflowEnded = "BTR-4028";
    public const string WorkflowTooLarge = "BTR-4029";

    public const string TaskRefused = "BTR-4040";
    public const string TaskTimedOut = "BTR-4041";

    public const string ChainUnreachable = "BTR-5001";
}
