using System.Text.Json.Serialization;
using Betar.X402.Protocol;

namespace Betar.Node.Selling;

/// <summary>An agent as the marketplace lists it: the original's fields, and payTo.</summary>
internal sealed record Listing
{
    [JsonPropertyName("id")] public required string Id { get; init; }
    [JsonPropertyName("name")] public required string Name { get; init; }

    /// <summary>USDC as a number, written from its decimal text.</summary>
    [JsonPropertyName("price"), JsonConverter(typeof(RawNumberConverter))] public required string Price { get; init; }
    [JsonPropertyName("priceAtomic")] public required string PriceAtomic { get; init; }
    [JsonPropertyName("metadata")] public string Metadata { get => field ?? ""; init; } = "";
    [JsonPropertyName("sellerId")] public required string SellerId { get; init; }
    [JsonPropertyName("addrs")] public required IReadOnlyList<string> Addresses { get; init; }
    [JsonPropertyName("protocols")] public IReadOnlyList<string> Protocols { get => field ?? []; init; } = [StreamProtocol.Id];
    [JsonPropertyName("timestamp")] public required long Timestamp { get; init; }
    [JsonPropertyName("payTo")] public required string PayTo { get; init; }
}
