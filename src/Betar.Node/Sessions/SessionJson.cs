using System.Text.Json;
using Betar.Storage.Sessions;

namespace Betar.Node.Sessions;

/// <summary>Sessions in the original's words, with what it does not know at the end.</summary>
internal static class SessionJson
{
    public static void Write(Utf8JsonWriter writer, Session session)
    {
        writer.WriteStartObject();
        writer.WriteString("id", session.Id);
        writer.WriteString("agentId", session.AgentId);
        writer.WriteString("callerId", session.CallerId);
        writer.WriteString("createdAt", session.CreatedAt.UtcDateTime);
        writer.WriteString("updatedAt", session.UpdatedAt.UtcDateTime);
        writer.WriteStartArray("exchanges");
        foreach (RecordedExchange exchange in session.Exchanges)
            Write(writer, exchange);
        writer.WriteEndArray();
        writer.WriteNumber("total", session.Count);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RecordedExchange recorded)
    {
        SessionExchange exchange = recorded.Exchange;
        writer.WriteStartObject();
        writer.WriteString("requestId", exchange.RequestId);
        writer.WriteString("input", exchange.Input);
        writer.WriteString("output", exchange.Output);
        if (exchange.Error.Length > 0)
            writer.WriteString("error", exchange.Error);
        writer.WriteString("timestamp", recorded.At.UtcDateTime);
        if (exchange.Payment is { } payment)
        {
            writer.WriteStartObject("payment");
            writer.WriteString("paymentId", payment.PaymentId);
            writer.WriteString("txHash", payment.TransactionHash);
            writer.WriteString("amount", payment.Amount);
            writer.WriteString("payer", payment.Payer);
            writer.WriteString("paidAt", payment.PaidAt.UtcDateTime);
            writer.WriteEndObject();
        }
        if (exchange.Usage is { } usage)
        {
            writer.WriteStartObject("usage");
            writer.WriteString("model", usage.Model);
            writer.WriteNumber("calls", usage.Calls);
            writer.WriteNumber("inputTokens", usage.InputTokens);
            writer.WriteNumber("outputTokens", usage.OutputTokens);
            writer.WriteString("cost", usage.Cost);
            writer.WriteEndObject();
        }
        if (exchange.ClaimedCaller.Length > 0)
            writer.WriteString("claimedCaller", exchange.ClaimedCaller);
        writer.WriteNumber("sequence", recorded.Sequence);
        writer.WriteEndObject();
    }
}
