using System.Globalization;
using System.Text.Json;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Trust;

namespace Betar.Node.Peering.Market;

/// <summary>Why a listing is seen as it is, as <c>betar market why --json</c> prints it.</summary>
internal static class WhyJson
{
    public static void Write(Utf8JsonWriter writer, WhyReport why)
    {
        writer.WriteStartObject();
        writer.WriteString("id", why.Id);
        writer.WriteBoolean("visible", why.IsVisible);
        writer.WriteString("trust", MarketJson.Of(why.Trust));
        writer.WriteBoolean("contested", why.IsContested);
        writer.WriteStartArray("reasons");
        foreach (string reason in why.Reasons)
            writer.WriteStringValue(reason);
        writer.WriteEndArray();
        writer.WriteString("key", why.Key);
        Number(writer, "version", why.Version);
        writer.WriteBoolean("withdrawn", why.IsWithdrawn);
        writer.WriteString("expires", Text(why.Expires));
        writer.WriteString("record", why.Record?.ToString());
        writer.WriteString("node", why.Node?.ToString());
        Number(writer, "height", why.Height);
        writer.WriteString("broadcastBy", why.BroadcastBy?.ToString());
        writer.WriteString("lastGossip", Text(why.LastGossip));
        writer.WriteString("lastSeen", Text(why.LastSeen));
        writer.WriteStartArray("holders");
        foreach (Holder holder in why.Holders)
        {
            writer.WriteStartObject();
            writer.WriteString("peerId", holder.Peer.ToString());
            writer.WriteString("since", Text(holder.Since));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("pathScores");
        foreach (var (peer, score) in why.PathScores.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
            writer.WriteNumber(peer.ToString(), score);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter writer, string name, ulong? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
