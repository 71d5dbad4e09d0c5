using System.Text.Json;
using Betar.Marketplace.Listings;

namespace Betar.Agents.Hiring;

/// <summary>The market as calls by name with JSON arguments and JSON answers: for the tools of a model and the lines of a worker.</summary>
internal static class MarketCalls
{
    public const string Search = "market.search";
    public const string Quote = "market.quote";
    public const string Buy = "market.buy";

    /// <summary>Most offers of one search.</summary>
    public const int MaxOffers = 20;

    private const int MaxTextLength = 65_536;

    /// <returns>A JSON object; what is wrong with the call is said in its <c>error</c>.</returns>
    public static async ValueTask<JsonElement> CallAsync(IAgentMarket market, string method, JsonElement arguments, bool forPrompt, CancellationToken cancellationToken)
    {
        switch (method)
        {
            case Search when Text(arguments, "text") is { } text:
                IReadOnlyList<HireOffer> offers = await market.SearchAsync(text, Limit(arguments), cancellationToken);
                return Write(writer =>
                {
                    writer.WriteStartArray("offers");
                    foreach (HireOffer offer in offers.Take(MaxOffers))
                        Write(writer, offer, forPrompt);
                    writer.WriteEndArray();
                });
            case Quote when Text(arguments, "agent") is { } agent:
                HireOffer? quoted = await market.QuoteAsync(agent, cancellationToken);
                return quoted is null
                    ? Fault("Nobody sells this agent, or it may not be bought.")
                    : Write(writer =>
                    {
                        writer.WritePropertyName("offer");
                        Write(writer, quoted, forPrompt);
                    });
            case Buy when Text(arguments, "agent") is { } agent && Text(arguments, "input") is { } input:
                HireOutcome bought = await market.BuyAsync(agent, input, cancellationToken);
                return Write(writer =>
                {
                    if (bought.Succeeded)
                        writer.WriteString("output", bought.Output);
                    else
                    {
                        writer.WriteString("code", bought.Code);
                        writer.WriteString("error", bought.Reason);
                    }
                    writer.WriteString("paidAtomic", bought.PaidAtomic);
                    writer.WriteString("payment", bought.Payment);
                });
            case Search or Quote or Buy:
                return Fault("An argument is missing, is no text, or is too long.");
            default:
                return Fault("There is no such call.");
        }
    }

    public static JsonElement Fault(string reason) => Write(writer => writer.WriteString("error", reason));

    private static void Write(Utf8JsonWriter writer, HireOffer offer, bool forPrompt)
    {
        writer.WriteStartObject();
        writer.WriteString("agent", offer.Agent);
        WriteForeign(writer, "name", offer.Name, forPrompt);
        WriteForeign(writer, "description", offer.Description, forPrompt);
        writer.WriteString("priceAtomic", offer.PriceAtomic);
        writer.WriteString("trust", offer.Trust);
        writer.WriteEndObject();
    }

    /// <summary>A seller's words must not be able to speak to a model as anybody else.</summary>
    private static void WriteForeign(Utf8JsonWriter writer, string name, string text, bool forPrompt) =>
        writer.WriteString(name, forPrompt ? VisibleText.ForPrompt(text) : text);

    private static int Limit(JsonElement arguments) =>
        arguments.TryGetProperty("limit", out JsonElement limit) && limit.ValueKind == JsonValueKind.Number && limit.TryGetInt32(out int count)
            ? Math.Clamp(count, 1, MaxOffers)
            : MaxOffers;

    private static string? Text(JsonElement arguments, string name) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 and <= MaxTextLength } text
            ? text
            : null;

    private static JsonElement Write(Action<Utf8JsonWriter> content)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }
}
