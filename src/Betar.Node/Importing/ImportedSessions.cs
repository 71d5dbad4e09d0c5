using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Betar.Storage.Sessions;

namespace Betar.Node.Importing;

/// <summary>The original's sessions as exchanges of our log.</summary>
internal static class ImportedSessions
{
    private const string Prefix = "/sessions/";

    /// <summary>An exchange has the same mark each time, so that importing twice records it once.</summary>
    public static IReadOnlyList<SessionExchange> Read(IEnumerable<KeyValuePair<string, byte[]>> entries, List<string> faults)
    {
        var exchanges = new List<SessionExchange>();
        foreach (var (key, value) in entries)
        {
            try
            {
                if (key.StartsWith(Prefix, StringComparison.Ordinal) && key[Prefix.Length..].Split('/') is [var agent, var caller])
                    exchanges.AddRange(Session(Plain(agent), Plain(caller), value));
                else
                    faults.Add($"sessions: {VisibleText.Of(key)} is not the key of a session");
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
            {
                faults.Add($"sessions: {VisibleText.Of(key)} is not in the original's form, and is left out");
            }
        }

        return [.. exchanges.OrderBy(exchange => exchange.At)];
    }

    private static List<SessionExchange> Session(string agent, string caller, byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var exchanges = new List<SessionExchange>();
        if (document.RootElement.GetProperty("exchanges") is not { ValueKind: JsonValueKind.Array } list)
            return exchanges;
        foreach (var (item, index) in list.EnumerateArray().Select((item, index) => (item, index)))
        {
            var request = Text(item, "requestId");
            exchanges.Add(new SessionExchange
            {
                AgentId = agent,
                CallerId = caller,
                RequestId = request,
                Input = Text(item, "input"),
                Output = Text(item, "output"),
                Error = Text(item, "error"),
                Payment = item.TryGetProperty("payment", out var payment) && payment.ValueKind == JsonValueKind.Object
                    ? new SessionPayment(Text(payment, "paymentId"), Text(payment, "txHash"), Text(payment, "amount"), Text(payment, "payer"), Time(payment, "paidAt"))
                    : null,
                At = Time(item, "timestamp"),
                Once = $"imported/{agent}/{caller}/{index}/{request}",
            });
        }

        return exchanges;
    }

    private static string Plain(string encoded) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded));

    private static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static DateTimeOffset Time(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) ? time : DateTimeOffset.UnixEpoch;
}
