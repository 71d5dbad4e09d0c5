using System.Text.Json;
using Betar.Storage.Orders;

namespace Betar.Node.Orders;

/// <summary>Orders and answers as the original writes them, field by field in its order.</summary>
internal static class MarketOrderJson
{
    public static void Write(Utf8JsonWriter writer, MarketOrder order)
    {
        writer.WriteStartObject();
        WriteFields(writer, order);
        writer.WriteEndObject();
    }

    public static void WriteFields(Utf8JsonWriter writer, MarketOrder order)
    {
        writer.WriteString("orderId", order.OrderId);
        writer.WriteString("agentId", order.AgentId);
        writer.WriteString("buyerId", order.BuyerId);
        if (order.SellerId.Length > 0)
            writer.WriteString("sellerId", order.SellerId);
        writer.WritePropertyName("price");
        writer.WriteRawValue(order.Price.ToUsdc());
        writer.WriteString("status", Name(order.Status));
        writer.WriteNumber("timestamp", order.Timestamp.ToUnixTimeSeconds());
    }

    public static byte[] Answer(MarketOrder order) => Answer(writer =>
    {
        writer.WritePropertyName("order");
        Write(writer, order);
    });

    public static byte[] Error(string sentence) => Answer(writer => writer.WriteString("error", sentence));

    public static string Name(MarketOrderStatus status) => status switch
    {
        MarketOrderStatus.Pending => "pending",
        MarketOrderStatus.Accepted => "accepted",
        MarketOrderStatus.Completed => "completed",
        _ => "cancelled",
    };

    private static byte[] Answer(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
