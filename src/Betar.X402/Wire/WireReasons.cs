namespace Betar.X402.Wire;

/// <summary>Reasons of the protocol that belong to no scheme.</summary>
public static class WireReasons
{
    public const string InvalidVersion = "invalid_x402_version";
    public const string InvalidPayload = "invalid_payload";
    public const string InvalidRequirements = "invalid_payment_requirements";
    public const string InvalidNetwork = "invalid_network";
    public const string UnsupportedScheme = "unsupported_scheme";
    public const string UnsupportedPayloadType = "unsupported_payload_type";
    public const string UnexpectedVerifyError = "unexpected_verify_error";
    public const string UnexpectedSettleError = "unexpected_settle_error";
    public const string SettlementPending = "settlement_pending";
}
