using System.Text.Json;
using Betar.X402.Protocol.Json;
using Betar.X402.Wire.Json;

namespace Betar.X402.Extensions.OfferReceipt;

/// <summary>The extension "offer-receipt" as JSON: offers in a demand, the receipt in a settlement's answer.</summary>
public static class OfferReceiptExtension
{
    public const string Id = "offer-receipt";
    public const long Version = 1;

    /// <summary>Most offers that are read of one demand.</summary>
    public const int MaxOffers = 32;

    /// <summary>Longest text of a statement.</summary>
    public const int MaxTextLength = 2048;

    private const string Format = "eip712";

    private const string OfferSchema = """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"offers":{"type":"array","items":{"type":"object","properties":{"format":{"type":"string"},"acceptIndex":{"type":"integer"},"payload":{"type":"object","properties":{"version":{"type":"integer"},"resourceUrl":{"type":"string"},"scheme":{"type":"string"},"network":{"type":"string"},"asset":{"type":"string"},"payTo":{"type":"string"},"amount":{"type":"string"},"validUntil":{"type":"integer"}},"required":["version","resourceUrl","scheme","network","asset","payTo","amount"]},"signature":{"type":"string"}},"required":["format","signature"]}}},"required":["offers"]}
        """;

    private const string ReceiptSchema = """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"receipt":{"type":"object","properties":{"format":{"type":"string"},"payload":{"type":"object","properties":{"version":{"type":"integer"},"network":{"type":"string"},"resourceUrl":{"type":"string"},"payer":{"type":"string"},"issuedAt":{"type":"integer"},"transaction":{"type":"string"}},"required":["version","network","resourceUrl","payer","issuedAt"]},"signature":{"type":"string"}},"required":["format","signature"]}},"required":["receipt"]}
        """;

    /// <summary>For a demand's extensions.</summary>
    public static JsonElement Declaration(IEnumerable<SignedStatement<OfferStatement>> offers) => Extension(OfferSchema, writer =>
    {
        writer.WriteStartArray("offers");
        foreach (var offer in offers)
        {
            writer.WriteStartObject();
            WriteOffer(writer, offer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>For the extensions of a settlement's answer.</summary>
    public static JsonElement Declaration(SignedStatement<ReceiptStatement> receipt) => Extension(ReceiptSchema, writer =>
    {
        writer.WriteStartObject("receipt");
        WriteReceipt(writer, receipt);
        writer.WriteEndObject();
    });

    /// <summary>The offers of a demand's extensions that can be read.</summary>
    public static IReadOnlyList<SignedStatement<OfferStatement>> ReadOffers(JsonElement? extensions) =>
        Info(extensions) is { } info && info.TryGetProperty("offers", out var offers) && offers.ValueKind == JsonValueKind.Array && offers.GetArrayLength() <= MaxOffers
            ? [.. offers.EnumerateArray().Select(offer => TryRead(offer, Offer)).OfType<SignedStatement<OfferStatement>>()]
            : [];

    /// <summary>The receipt of a settlement's extensions; null where there is none that can be read.</summary>
    public static SignedStatement<ReceiptStatement>? ReadReceipt(JsonElement? extensions) =>
        Info(extensions) is { } info && info.TryGetProperty("receipt", out var receipt) ? TryRead(receipt, Receipt) : null;

    private static OfferStatement Offer(JsonMembers payload) => new(
        Seconds(payload, "version"), Text(payload, "resourceUrl"), Text(payload, "scheme"), Text(payload, "network"), Text(payload, "asset"),
        Text(payload, "payTo"), Text(payload, "amount"), Seconds(payload, "validUntil"));

    private static ReceiptStatement Receipt(JsonMembers payload) => new(
        Seconds(payload, "version"), Text(payload, "network"), Text(payload, "resourceUrl"), Text(payload, "payer"), Seconds(payload, "issuedAt"),
        payload.OptionalText("transaction") is { } transaction ? Bounded(transaction) : "");

    private static SignedStatement<T>? TryRead<T>(JsonElement element, Func<JsonMembers, T> read)
        where T : class
    {
        try
        {
            var members = new JsonMembers(element);
            return members.Text("format") == Format
                ? new SignedStatement<T>(read(members.Object("payload")), Bounded(members.Text("signature")), members.OptionalInteger("acceptIndex"))
                : null;
        }
        catch (MalformedMessageException)
        {
            return null;
        }
    }

    private static JsonElement? Info(JsonElement? extensions) =>
        extensions is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(Id, out var extension) && extension.ValueKind == JsonValueKind.Object
        && extension.TryGetProperty("info", out var info) && info.ValueKind == JsonValueKind.Object
            ? info
            : null;

    private static string Text(JsonMembers members, string name) => Bounded(members.Text(name));

    private static string Bounded(string text) => text.Length <= MaxTextLength ? text : throw new MalformedMessageException("A text is too long.");

    private static long Seconds(JsonMembers members, string name) =>
        members.Integer(name) is var number and >= 0 ? number : throw new MalformedMessageException($"{name} is negative.");

    private static JsonElement Extension(string schema, Action<Utf8JsonWriter> info) => JsonDocument.Parse(WireWriting.Write(schema, (writer, text) =>
    {
        writer.WriteStartObject(Id);
        writer.WriteStartObject("info");
        info(writer);
        writer.WriteEndObject();
        writer.WritePropertyName("schema");
        writer.WriteRawValue(text);
        writer.WriteEndObject();
    })).RootElement;

    private static void WriteOffer(Utf8JsonWriter writer, SignedStatement<OfferStatement> offer)
    {
        writer.WriteString("format", Format);
        if (offer.AcceptIndex is { } index)
        {
            writer.WriteNumber("acceptIndex", index);
        }

        var statement = offer.Statement;
        writer.WriteStartObject("payload");
        writer.WriteNumber("version", statement.Version);
        writer.WriteString("resourceUrl", statement.ResourceUrl);
        writer.WriteString("scheme", statement.Scheme);
        writer.WriteString("network", statement.Network);
        writer.WriteString("asset", statement.Asset);
        writer.WriteString("payTo", statement.PayTo);
        writer.WriteString("amount", statement.Amount);
        writer.WriteNumber("validUntil", statement.ValidUntil);
        writer.WriteEndObject();
        writer.WriteString("signature", offer.Signature);
    }

    private static void WriteReceipt(Utf8JsonWriter writer, SignedStatement<ReceiptStatement> receipt)
    {
        var statement = receipt.Statement;
        writer.WriteString("format", Format);
        writer.WriteStartObject("payload");
        writer.WriteNumber("version", statement.Version);
        writer.WriteString("network", statement.Network);
        writer.WriteString("resourceUrl", statement.ResourceUrl);
        writer.WriteString("payer", statement.Payer);
        writer.WriteNumber("issuedAt", statement.IssuedAt);
        writer.WriteString("transaction", statement.Transaction);
        writer.WriteEndObject();
        writer.WriteString("signature", receipt.Signature);
    }
}
