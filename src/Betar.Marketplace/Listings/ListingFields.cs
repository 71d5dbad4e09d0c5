using System.Text;
using System.Text.Json;

namespace Betar.Marketplace.Listings;

/// <summary>
/// The JSON objects of listings and announcements, read as the original reads them: names in any letter case, the last of several counts,
/// unknown ones are passed over, a null leaves a field as it was. Bounded and total.
/// </summary>
internal sealed class ListingFields(ListingLimits limits)
{
    public string Id { get; private set; } = "";

    public string Type { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string Price { get; private set; } = "0";

    public string Metadata { get; private set; } = "";

    public string SellerId { get; private set; } = "";

    public List<string> Addresses { get; } = [];

    public List<string> Protocols { get; } = [];

    public long Timestamp { get; private set; }

    public string TokenId { get; private set; } = "";

    public string PriceAtomic { get; private set; } = "";

    public string PayTo { get; private set; } = "";

    /// <summary>Reads one object that is all there is.</summary>
    public ListingFault Read(ReadOnlySpan<byte> json, string idName)
    {
        if (json.Length > limits.MaxBytes)
            return ListingFault.TooLong;
        if (!System.Text.Unicode.Utf8.IsValid(json))
            return ListingFault.Malformed;
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read())
                return ListingFault.Malformed;
            var fault = ReadObject(ref reader, idName);
            return fault == ListingFault.None && reader.Read() ? ListingFault.Malformed : fault;
        }
        catch (JsonException)
        {
            return ListingFault.Malformed;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape.
            return ListingFault.Malformed;
        }
    }

    /// <summary>Reads the object that the reader stands at, to its end.</summary>
    public ListingFault ReadObject(ref Utf8JsonReader reader, string idName)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return ListingFault.Malformed;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // A name that is longer than all that are known is none of them.
            var name = reader.ValueSpan.Length > limits.MaxTextLength ? "" : reader.GetString()!;
            reader.Read();
            var fault = reader.TokenType == JsonTokenType.Null ? ListingFault.None : ReadField(ref reader, name, idName);
            if (fault != ListingFault.None)
                return fault;
        }

        return Id.Length == 0 ? ListingFault.NoId : ListingFault.None;
    }

    public Listing ToListing() => new()
    {
        Id = Id,
        Name = Name,
        Price = SharedText.Of(Price),
        Metadata = Metadata,
        SellerId = SharedText.Of(SellerId),
        Addresses = SharedText.Of(Addresses),
        Protocols = SharedText.Of(Protocols),
        Timestamp = Timestamp,
        TokenId = TokenId,
        PriceAtomic = SharedText.Of(PriceAtomic),
        PayTo = SharedText.Of(PayTo),
    };

    private ListingFault ReadField(ref Utf8JsonReader reader, string name, string idName)
    {
        if (Is(name, idName))
            return ReadText(ref reader, limits.MaxIdLength, value => Id = value);
        if (Is(name, "name"))
            return ReadText(ref reader, limits.MaxNameLength, value => Name = value);
        if (Is(name, "price"))
            return ReadPrice(ref reader);
        if (Is(name, "timestamp"))
            return ReadTimestamp(ref reader);
        if (Is(name, "addrs"))
            return ReadTexts(ref reader, Addresses);
        if (Is(name, "protocols"))
            return ReadTexts(ref reader, Protocols);
        if (Is(name, "metadata"))
            return ReadText(ref reader, limits.MaxTextLength, value => Metadata = value);
        if (Is(name, "sellerId"))
            return ReadText(ref reader, limits.MaxTextLength, value => SellerId = value);
        if (Is(name, "tokenId"))
            return ReadText(ref reader, limits.MaxTextLength, value => TokenId = value);
        if (Is(name, "priceAtomic"))
            return ReadText(ref reader, limits.MaxTextLength, value => PriceAtomic = value);
        if (Is(name, "payTo"))
            return ReadText(ref reader, limits.MaxTextLength, value => PayTo = value);
        if (Is(name, "type"))
            return ReadText(ref reader, limits.MaxTextLength, value => Type = value);
        reader.Skip();
        return ListingFault.None;
    }

    private static bool Is(string name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static ListingFault ReadText(ref Utf8JsonReader reader, int maxLength, Action<string> set)
    {
        if (reader.TokenType != JsonTokenType.String)
            return ListingFault.Malformed;

        // An escape is six bytes for a character at the most.
        if (reader.ValueSpan.Length > 6 * maxLength || reader.GetString() is not { } text || text.Length > maxLength)
            return ListingFault.TooLong;
        set(text);
        return ListingFault.None;
    }

    private ListingFault ReadTexts(ref Utf8JsonReader reader, List<string> texts)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return ListingFault.Malformed;
        texts.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var fault = texts.Count == limits.MaxItems ? ListingFault.TooLong : ReadText(ref reader, limits.MaxTextLength, texts.Add);
            if (fault != ListingFault.None)
                return fault;
        }

        return ListingFault.None;
    }

    private ListingFault ReadPrice(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number)
            return ListingFault.Malformed;
        if (reader.ValueSpan.Length > PriceText.MaxLength)
            return ListingFault.TooLong;
        Price = Encoding.ASCII.GetString(reader.ValueSpan);
        return ListingFault.None;
    }

    private ListingFault ReadTimestamp(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var seconds))
            return ListingFault.Malformed;
        Timestamp = seconds;
        return ListingFault.None;
    }
}
