namespace Betar.X402.Protocol.Json;

/// <summary>The nested objects of a payment.</summary>
internal static class PaymentReader
{
    internal static PaymentEnvelope? Envelope(ref WireReader reader)
    {
        if (!reader.BeginObject())
        {
            return null;
        }

        long version = 0;
        string scheme = "", network = "", serverNonce = "", payer = "";
        ExactPayload? payload = null;
        while (reader.NextMember())
        {
            if (reader.Is("x402_version"u8)) version = reader.Integer(version);
            else if (reader.Is("scheme"u8)) scheme = reader.String(scheme);
            else if (reader.Is("network"u8)) network = reader.String(network);
            else if (reader.Is("server_nonce"u8)) serverNonce = reader.String(serverNonce);
            else if (reader.Is("payer"u8)) payer = reader.String(payer);
            else if (reader.Is("payload"u8)) payload = Payload(ref reader);
            else reader.Skip();
        }

        return new PaymentEnvelope
        {
            X402Version = version, Scheme = scheme, Network = network, ServerNonce = serverNonce, Payer = payer, Payload = payload,
        };
    }

    internal static PaymentRequirements? Requirements(ref WireReader reader)
    {
        if (!reader.BeginObject())
        {
            return null;
        }

        string scheme = "", network = "", amount = "", asset = "", payTo = "";
        long timeout = 0;
        PaymentExtra? extra = null;
        while (reader.NextMember())
        {
            if (reader.Is("scheme"u8)) scheme = reader.String(scheme);
            else if (reader.Is("network"u8)) network = reader.String(network);
            else if (reader.Is("amount"u8)) amount = reader.String(amount);
            else if (reader.Is("asset"u8)) asset = reader.String(asset);
            else if (reader.Is("payTo"u8)) payTo = reader.String(payTo);
            else if (reader.Is("maxTimeoutSeconds"u8)) timeout = reader.Integer(timeout);
            else if (reader.Is("extra"u8)) extra = Extra(ref reader);
            else reader.Skip();
        }

        return new PaymentRequirements
        {
            Scheme = scheme, Network = network, Amount = amount, Asset = asset, PayTo = payTo, MaxTimeoutSeconds = timeout, Extra = extra,
        };
    }

    private static ExactPayload? Payload(ref WireReader reader)
    {
        if (!reader.BeginObject())
        {
            return null;
        }

        var signature = "";
        Authorization? authorization = null;
        while (reader.NextMember())
        {
            if (reader.Is("signature"u8)) signature = reader.String(signature);
            else if (reader.Is("authorization"u8)) authorization = Authorization(ref reader);
            else reader.Skip();
        }

        return new ExactPayload { Signature = signature, Authorization = authorization };
    }

    private static Authorization? Authorization(ref WireReader reader)
    {
        if (!reader.BeginObject())
        {
            return null;
        }

        string from = "", to = "", value = "", validAfter = "", validBefore = "", nonce = "";
        while (reader.NextMember())
        {
            if (reader.Is("from"u8)) from = reader.String(from);
            else if (reader.Is("to"u8)) to = reader.String(to);
            else if (reader.Is("value"u8)) value = reader.String(value);
            else if (reader.Is("validAfter"u8)) validAfter = reader.String(validAfter);
            else if (reader.Is("validBefore"u8)) validBefore = reader.String(validBefore);
            else if (reader.Is("nonce"u8)) nonce = reader.String(nonce);
            else reader.Skip();
        }

        return new Authorization { From = from, To = to, Value = value, ValidAfter = validAfter, ValidBefore = validBefore, Nonce = nonce };
    }

    private static PaymentExtra? Extra(ref WireReader reader)
    {
        if (!reader.BeginObject())
        {
            return null;
        }

        string name = "", version = "", refund = "";
        while (reader.NextMember())
        {
            if (reader.Is("name"u8)) name = reader.String(name);
            else if (reader.Is("version"u8)) version = reader.String(version);
            else if (reader.Is("refund"u8)) refund = reader.String(refund);
            else reader.Skip();
        }

        return new PaymentExtra(name, version) { Refund = refund };
    }
}
