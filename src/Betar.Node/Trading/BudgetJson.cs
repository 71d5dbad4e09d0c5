using System.Globalization;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Buying;
using Betar.X402;

namespace Betar.Node.Trading;

/// <summary>Limits and mandates for machines; amounts in USDC.</summary>
internal static class BudgetJson
{
    public static void Write(Utf8JsonWriter writer, Address wallet, BudgetStatus status)
    {
        writer.WriteStartObject();
        writer.WriteString("wallet", wallet.ToString());
        Amount(writer, "perTask", status.Policy.PerTask);
        Amount(writer, "perDay", status.Policy.PerDay);
        Amount(writer, "perPeer", status.Policy.PerPeer);
        Amount(writer, "spentToday", status.SpentToday);
        Amount(writer, "reserved", status.Reserved);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, MandateStatus status)
    {
        writer.WriteStartObject();
        writer.WriteString("id", status.Mandate.MandateId);
        Amount(writer, "limit", status.Mandate.Limit);
        Amount(writer, "spent", status.Spent);
        writer.WriteString("expires", status.Mandate.Expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteBoolean("revoked", status.Mandate.Revoked);
        writer.WriteEndObject();
    }

    private static void Amount(Utf8JsonWriter writer, string name, string atomic) => writer.WriteString(name, AtomicAmount.Parse(atomic).ToUsdc());
}
