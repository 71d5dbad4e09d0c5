using System.Globalization;
using System.Text.Json;
using Betar.Marketplace.Records;

namespace Betar.Marketplace.Trust;

/// <summary>A listing as <c>betar market list --json</c> and the HTTP API print it.</summary>
public static class MarketJson
{
    public static string Of(TrustLevel trust) => trust switch
    {
        TrustLevel.Own => "own",
        TrustLevel.Verified => "verified",
        TrustLevel.Attested => "attested",
        TrustLevel.Hearsay => "hearsay",
        TrustLevel.Disputed => "disputed",
        _ => "expired",
    };

    /// <summary>False: it is none of the words that <see cref="Of"/> gives.</summary>
    public static bool TryParse(string word, out TrustLevel trust)
    {
        trust = Enum.GetValues<TrustLevel>().FirstOrDefault(level => Of(level) == word);
        return Of(trust) == word;
    }

    public static void Write(Utf8JsonWriter writer, MarketListing listing, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteString("id", listing.Id);
        writer.WriteString("name", listing.Name);
        writer.WritePropertyName("price");
        writer.WriteRawValue(listing.Price);
        writer.WriteString("priceAtomic", listing.PriceAtomic?.ToString());
        writer.WriteString("sellerId", listing.SellerId);
        Write(writer, "addrs", listing.Addresses);
        Write(writer, "protocols", listing.Protocols);
        if (listing.PayTo is { } payTo)
            writer.WriteString("payTo", payTo);
        if (listing.Network is { } network)
            writer.WriteString("network", network);
        if (listing.Token is { } token)
            writer.WriteString("token", token);
        if (listing.Description.Length > 0)
            writer.WriteString("description", listing.Description);
        if (listing.Skills.Count > 0)
            Write(writer, listing.Skills);
        if (listing.TokenId.Length > 0)
            writer.WriteString("tokenId", listing.TokenId);
        if (listing.KeepsFailed)
            writer.WriteString("refund", "keep");
        writer.WriteString("trust", Of(listing.Trust));
        if (listing.Contested)
            writer.WriteBoolean("contested", true);
        writer.WriteNumber("ageSeconds", Math.Max(0, (now - listing.Since).Ticks / TimeSpan.TicksPerSecond));
        if (listing.Expires is { } expires)
            writer.WriteString("expires", Text(expires));
        writer.WriteString("lastSeen", Text(listing.LastSeen));
        writer.WriteBoolean("alive", listing.IsAlive);
        if (listing.Latency is { } latency)
            writer.WriteNumber("latencyMs", latency.Ticks / TimeSpan.TicksPerMillisecond);
        if (listing.SuccessRate is { } rate)
            writer.WriteNumber("successPer10000", rate);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<ListingSkill> skills)
    {
        writer.WriteStartArray("skills");
        foreach (var skill in skills)
        {
            writer.WriteStartObject();
            writer.WriteString("id", skill.Id);
            writer.WriteString("name", skill.Name);
            writer.WriteString("description", skill.Description);
            Write(writer, "tags", skill.Tags);
            if (skill.InputSchema.Length > 0)
                writer.WriteString("inputSchema", skill.InputSchema);
            if (skill.OutputSchema.Length > 0)
                writer.WriteString("outputSchema", skill.OutputSchema);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
