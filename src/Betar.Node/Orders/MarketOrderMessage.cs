using System.Buffers;
using System.Text.Json;
using Betar.Storage.Orders;
using Betar.X402;

namespace Betar.Node.Orders;

/// <summary>An order's message of the original. Every byte of it is a stranger's: what is too long, of another type or no plain name is not read at all.</summary>
internal sealed record MarketOrderMessage
{
    /// <summary>Bytes of a message; one that keeps to the lengths of its fields is far below.</summary>
    public const int MaxBytes = 4_096;

    private const int MaxOrderId = 64;
    private const int MaxName = 256;
    private const int MaxNumber = 32;

    private static readonly SearchValues<char> s_plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/%");

    public string Type { get; init; } = "";

    public string OrderId { get; init; } = "";

    public string AgentId { get; init; } = "";

    public string BuyerId { get; init; } = "";

    public string SellerId { get; init; } = "";

    /// <summary>Null: none that can be paid exactly.</summary>
    public AtomicAmount? Price { get; init; }

    public string Status { get; init; } = "";

    public static MarketOrderMessage? TryParse(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBytes)
            return null;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 4 });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return reader.BytesConsumed == body.Length ? TryRead(document.RootElement) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The latter is how a text is reported that is no UTF-8, or half a surrogate pair.
            return null;
        }
    }

    /// <summary>An order as the original's answers hold it.</summary>
    public static MarketOrderMessage? TryRead(JsonElement order)
    {
        if (order.ValueKind != JsonValueKind.Object
            || !TryText(order, "type", MaxName, out string type) || !TryText(order, "orderId", MaxOrderId, out string id)
            || !TryText(order, "agentId", MaxName, out string agent) || !TryText(order, "buyerId", MaxName, out string buyer)
            || !TryText(order, "sellerId", MaxName, out string seller) || !TryText(order, "status", MaxName, out string status))
            return null;
        return new MarketOrderMessage
        {
            Type = type, OrderId = id, AgentId = agent, BuyerId = buyer, SellerId = seller, Status = status, Price = PriceOf(order),
        };
    }

    /// <summary>A request, as the original writes it.</summary>
    public static byte[] Write(MarketOrder order, string type)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            MarketOrderJson.WriteFields(writer, order);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>What is absent or null is empty, as it is for the original.</summary>
    private static bool TryText(JsonElement order, string name, int most, out string text)
    {
        text = "";
        if (!order.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return true;
        if (value.ValueKind != JsonValueKind.String)
            return false;
        text = value.GetString()!;
        return text.Length <= most && !text.AsSpan().ContainsAnyExcept(s_plain);
    }

    private static AtomicAmount? PriceOf(JsonElement order)
    {
        if (!order.TryGetProperty("price", out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return AtomicAmount.Zero;
        return value.ValueKind == JsonValueKind.Number ? PriceOf(value.GetRawText()) : null;
    }

    /// <summary>Plain decimals: what the original would write with an exponent is no price that anybody can pay.</summary>
    public static AtomicAmount? PriceOf(string number) =>
        number.Length <= MaxNumber && AtomicAmount.TryParseUsdc(number, out AtomicAmount amount) ? amount : null;
}
