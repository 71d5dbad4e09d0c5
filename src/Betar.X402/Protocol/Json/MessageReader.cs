namespace Betar.X402.Protocol.Json;

/// <summary>The members of each message.</summary>
internal static class MessageReader
{
    internal delegate T Read<T>(ref WireReader reader);

    internal static X402Request Request(ref WireReader reader)
    {
        string correlationId = "", resource = "", method = "", callerDid = "";
        PaymentEnvelope? payment = null;
        ReadOnlyMemory<byte> body = default;
        while (reader.NextMember())
        {
            if (reader.Is("correlation_id"u8)) correlationId = reader.String(correlationId);
            else if (reader.Is("resource"u8)) resource = reader.String(resource);
            else if (reader.Is("method"u8)) method = reader.String(method);
            else if (reader.Is("payment"u8)) payment = PaymentReader.Envelope(ref reader);
            else if (reader.Is("body"u8)) body = reader.Base64(body);
            else if (reader.Is("caller_did"u8)) callerDid = reader.String(callerDid);
            else reader.Skip();
        }

        return new X402Request
        {
            CorrelationId = correlationId, Resource = resource, Method = method, Payment = payment, Body = body, CallerDid = callerDid,
        };
    }

    internal static PaidRequest PaidRequest(ref WireReader reader)
    {
        string correlationId = "", callerDid = "";
        PaymentEnvelope? payment = null;
        ReadOnlyMemory<byte> body = default;
        while (reader.NextMember())
        {
            if (reader.Is("correlation_id"u8)) correlationId = reader.String(correlationId);
            else if (reader.Is("payment"u8)) payment = PaymentReader.Envelope(ref reader);
            else if (reader.Is("body"u8)) body = reader.Base64(body);
            else if (reader.Is("caller_did"u8)) callerDid = reader.String(callerDid);
            else reader.Skip();
        }

        return new PaidRequest { CorrelationId = correlationId, Payment = payment, Body = body, CallerDid = callerDid };
    }

    internal static PaymentRequired PaymentRequired(ref WireReader reader)
    {
        string correlationId = "", nonce = "", message = "", sellerDid = "";
        long expiresAt = 0;
        PaymentRequirements? requirements = null;
        while (reader.NextMember())
        {
            if (reader.Is("correlation_id"u8)) correlationId = reader.String(correlationId);
            else if (reader.Is("challenge_nonce"u8)) nonce = reader.String(nonce);
            else if (reader.Is("challenge_expires_at"u8)) expiresAt = reader.Integer(expiresAt);
            else if (reader.Is("payment_requirements"u8)) requirements = PaymentReader.Requirements(ref reader);
            else if (reader.Is("message"u8)) message = reader.String(message);
            else if (reader.Is("seller_did"u8)) sellerDid = reader.String(sellerDid);
            else reader.Skip();
        }

        return new PaymentRequired
        {
            CorrelationId = correlationId, ChallengeNonce = nonce, ChallengeExpiresAt = expiresAt,
            Requirements = requirements, Message = message, SellerDid = sellerDid,
        };
    }

    internal static X402Response Response(ref WireReader reader)
    {
        string correlationId = "", paymentId = "", txHash = "", sellerDid = "", tokenId = "";
        ReadOnlyMemory<byte> body = default;
        while (reader.NextMember())
        {
            if (reader.Is("correlation_id"u8)) correlationId = reader.String(correlationId);
            else if (reader.Is("payment_id"u8)) paymentId = reader.String(paymentId);
            else if (reader.Is("tx_hash"u8)) txHash = reader.String(txHash);
            else if (reader.Is("body"u8)) body = reader.Base64(body);
            else if (reader.Is("seller_did"u8)) sellerDid = reader.String(sellerDid);
            else if (reader.Is("seller_token_id"u8)) tokenId = reader.String(tokenId);
            else reader.Skip();
        }

        return new X402Response
        {
            CorrelationId = correlationId, PaymentId = paymentId, TxHash = txHash, Body = body, SellerDid = sellerDid, SellerTokenId = tokenId,
        };
    }

    internal static X402Piece Piece(ref WireReader reader)
    {
        string correlationId = "", text = "";
        while (reader.NextMember())
        {
            if (reader.Is("correlation_id"u8)) correlationId = reader.String(correlationId);
            else if (reader.Is("text"u8)) text = reader.String(text);
            else reader.Skip();
        }

        return new X402Piece { CorrelationId = correlationId, Text = text };
    }

    internal static X402Error Error(ref WireReader reader)
    {
        string correlationId = "", name = "", message = "";
        long code = 0;
        var retryable = false;
        while (reader.NextMember())
        {
            if (reader.Is("correlation_id"u8)) correlationId = reader.String(correlationId);
            else if (reader.Is("error_code"u8)) code = reader.Integer(code);
            else if (reader.Is("error_name"u8)) name = reader.String(name);
            else if (reader.Is("message"u8)) message = reader.String(message);
            else if (reader.Is("retryable"u8)) retryable = reader.Boolean(retryable);
            else reader.Skip();
        }

        return new X402Error { CorrelationId = correlationId, ErrorCode = code, ErrorName = name, Message = message, Retryable = retryable };
    }
}
