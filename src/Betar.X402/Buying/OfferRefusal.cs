namespace Betar.X402.Buying;

/// <summary>Why a buyer did not sign.</summary>
public enum OfferRefusal
{
    None,

    /// <summary>No requirements, or fields that are not what they must be.</summary>
    Malformed,

    Scheme,
    Network,
    Asset,

    /// <summary>The seller names another signing domain than our table; a signature under ours would not settle there.</summary>
    Domain,

    Payee,

    /// <summary>The money would go to the payer's own account, or to nobody.</summary>
    PayeeImpossible,

    Amount,
    Timeout,

    /// <summary>The seller keeps the payment when its work fails, and the buyer did not say that it accepts this.</summary>
    KeepsPayment,

    /// <summary>The challenge is not 64 lower-case hex digits.</summary>
    ChallengeMalformed,

    /// <summary>The quote is over, or will be before the payment can arrive.</summary>
    ChallengeExpired,

    /// <summary>The escrow that the seller names is none that we know.</summary>
    Escrow,

    /// <summary>The channel has no room for it, or its last voucher's fate is not known.</summary>
    Channel,

    /// <summary>Whoever keeps the key did not sign.</summary>
    SignerUnavailable,

    /// <summary>The payer has not let Permit2 take as much, or does not have it.</summary>
    Allowance,
}
