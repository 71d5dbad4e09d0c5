using System.Text.Json;

namespace Betar.Sdk.Buying;

/// <summary>Reads what a node answers. A member that is missing is empty: a newer node may say more, an older one less.</summary>
internal static class Answers
{
    public static IReadOnlyList<AgentInfo> Agents(JsonElement answer)
    {
        JsonElement list = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("items", out JsonElement items) ? items
            : answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("listings", out JsonElement listings) ? listings : answer;
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(Agent)] : [];
    }

    public static Purchase Purchase(JsonElement answer, string purchaseId) => new(
        Text(answer, "purchaseId") is { Length: > 0 } named ? named : purchaseId, Text(answer, "output"),
        Text(answer, "amount") is { Length: > 0 } amount ? amount : "0", Text(answer, "paymentKey"), Text(answer, "transaction"))
    {
        Stage = Text(answer, "stage") is { Length: > 0 } stage ? stage : "Delivered",
    };

    /// <summary>A listing names itself "id", a quote names its "agentId".</summary>
    public static AgentInfo Agent(JsonElement item) => new(
        Text(item, "id") is { Length: > 0 } id ? id : Text(item, "agentId"), Text(item, "name"), Text(item, "priceAtomic"), Text(item, "sellerId"), Text(item, "trust"))
    {
        Description = Text(item, "description"),
        PayTo = Text(item, "payTo"),
        KeepsFailed = Text(item, "refund") == "keep",
    };

    private static string Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
