namespace Betar.X402.Protocol.Json;

/// <summary>The members of each message in the order of the original; of our own in ours.</summary>
internal static class MessageWriter
{
    internal const string Version = "1.0";

    internal static void Write(ref WireWriter writer, X402Request message)
    {
        Begin(ref writer, message.CorrelationId);
        writer.String("resource"u8, message.Resource);
        writer.String("method"u8, message.Method);
        Write(ref writer, message.Payment);
        writer.Base64Bytes("body"u8, message.Body.Span);
        writer.StringUnlessEmpty("caller_did"u8, message.CallerDid);
        writer.EndObject();
    }

    internal static void Write(ref WireWriter writer, PaidRequest message)
    {
        Begin(ref writer, message.CorrelationId);
        Write(ref writer, message.Payment);
        writer.Base64Bytes("body"u8, message.Body.Span);
        writer.StringUnlessEmpty("caller_did"u8, message.CallerDid);
        writer.EndObject();
    }

    internal static void Write(ref WireWriter writer, PaymentRequired message)
    {
        Begin(ref writer, message.CorrelationId);
        writer.String("challenge_nonce"u8, message.ChallengeNonce);
        writer.Integer("challenge_expires_at"u8, message.ChallengeExpiresAt);
        Write(ref writer, message.Requirements);
        writer.String("message"u8, message.Message);
        writer.StringUnlessEmpty("seller_did"u8, message.SellerDid);
        writer.EndObject();
    }

    internal static void Write(ref WireWriter writer, X402Response message)
    {
        Begin(ref writer, message.CorrelationId);
        writer.String("payment_id"u8, message.PaymentId);
        writer.String("tx_hash"u8, message.TxHash);
        writer.Base64Bytes("body"u8, message.Body.Span);
        writer.StringUnlessEmpty("seller_did"u8, message.SellerDid);
        writer.StringUnlessEmpty("seller_token_id"u8, message.SellerTokenId);
        writer.EndObject();
    }

    internal static void Write(ref WireWriter writer, X402Error message)
    {
        Begin(ref writer, message.CorrelationId);
        writer.Integer("error_code"u8, message.ErrorCode);
        writer.String("error_name"u8, message.ErrorName);
        writer.String("message"u8, message.Message);
        writer.Boolean("retryable"u8, message.Retryable);
        writer.EndObject();
    }

    internal static void Write(ref WireWriter writer, X402Piece message)
    {
        Begin(ref writer, message.CorrelationId);
        writer.String("text"u8, message.Text);
        writer.EndObject();
    }

    private static void Begin(ref WireWriter writer, string correlationId)
    {
        writer.BeginObject();
        writer.String("version"u8, Version);
        writer.String("correlation_id"u8, correlationId);
    }

    private static void Write(ref WireWriter writer, PaymentEnvelope? payment)
    {
        if (payment is null)
        {
            writer.Null("payment"u8);
            return;
        }

        writer.Name("payment"u8);
        writer.BeginObject();
        writer.Integer("x402_version"u8, payment.X402Version);
        writer.String("scheme"u8, payment.Scheme);
        writer.String("network"u8, payment.Network);
        writer.String("server_nonce"u8, payment.ServerNonce);
        writer.String("payer"u8, payment.Payer);
        if (payment.Payload is { } payload)
        {
            writer.Name("payload"u8);
            writer.BeginObject();
            writer.String("signature"u8, payload.Signature);
            Write(ref writer, payload.Authorization);
            writer.EndObject();
        }

        writer.EndObject();
    }

    private static void Write(ref WireWriter writer, Authorization? authorization)
    {
        if (authorization is null)
        {
            writer.Null("authorization"u8);
            return;
        }

        writer.Name("authorization"u8);
        writer.BeginObject();
        writer.String("from"u8, authorization.From);
        writer.String("to"u8, authorization.To);
        writer.String("value"u8, authorization.Value);
        writer.String("validAfter"u8, authorization.ValidAfter);
        writer.String("validBefore"u8, authorization.ValidBefore);
        writer.String("nonce"u8, authorization.Nonce);
        writer.EndObject();
    }

    private static void Write(ref WireWriter writer, PaymentRequirements? requirements)
    {
        if (requirements is null)
        {
            writer.Null("payment_requirements"u8);
            return;
        }

        writer.Name("payment_requirements"u8);
        writer.BeginObject();
        writer.String("scheme"u8, requirements.Scheme);
        writer.String("network"u8, requirements.Network);
        writer.String("amount"u8, requirements.Amount);
        writer.String("asset"u8, requirements.Asset);
        writer.String("payTo"u8, requirements.PayTo);
        writer.Integer("maxTimeoutSeconds"u8, requirements.MaxTimeoutSeconds);
        if (requirements.Extra is { } extra)
        {
            writer.Name("extra"u8);
            writer.BeginObject();
            writer.String("name"u8, extra.Name);
            writer.String("version"u8, extra.Version);
            writer.StringUnlessEmpty("refund"u8, extra.Refund);
            writer.EndObject();
        }

        writer.EndObject();
    }
}
