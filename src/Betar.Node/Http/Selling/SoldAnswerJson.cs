using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.X402.Http.Selling;

namespace Betar.Node.Http.Selling;

/// <summary>What a buyer gets: the answer, and of an agent that is priced by tokens what it took and what it costs.</summary>
internal static class SoldAnswerJson
{
    public static void Write(Utf8JsonWriter writer, AgentSpec agent, AgentTaskResult result, ReceivedPayment payment)
    {
        writer.WriteStartObject();
        writer.WriteString("output", result.Output);
        if (agent.TokenPrice is not null)
        {
            writer.WriteStartObject("usage");
            writer.WriteString("model", result.Usage?.Model ?? "");
            writer.WriteNumber("inputTokens", result.Usage?.InputTokens ?? 0);
            writer.WriteNumber("outputTokens", result.Usage?.OutputTokens ?? 0);
            writer.WriteEndObject();
            writer.WriteString("charged", (payment.Charge ?? payment.Amount).ToString());
        }

        writer.WriteEndObject();
    }
}
