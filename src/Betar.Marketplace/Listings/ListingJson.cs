using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Betar.Marketplace.Listings;

/// <summary>A listing's value in the replicated set, and lists of them in answers to <c>info</c>: the bytes of the original.</summary>
public static class ListingJson
{
    /// <summary>The value as the original writes it; what the original does not know is left out.</summary>
    public static byte[] Encode(Listing listing) => Begin(listing).ToBytes();

    /// <summary>The same with price in units and payee, for answers that nobody rewrites.</summary>
    public static byte[] EncodeAnswer(Listing listing) =>
        Begin(listing).TextIfAny("priceAtomic", listing.PriceAtomic).TextIfAny("payTo", listing.PayTo).ToBytes();

    /// <summary>An array of as many of the listings as there is room for.</summary>
    public static byte[] EncodeAnswers(IEnumerable<Listing> listings, int maxBytes)
    {
        var answer = new List<byte>(256) { (byte)'[' };
        foreach (var listing in listings)
        {
            var bytes = EncodeAnswer(listing);
            if (answer.Count + bytes.Length + 2 > maxBytes)
                break;
            if (answer.Count > 1)
                answer.Add((byte)',');
            answer.AddRange(bytes);
        }

        answer.Add((byte)']');
        return [.. answer];
    }

    public static bool TryDecode(ReadOnlySpan<byte> value, [NotNullWhen(true)] out Listing? listing) =>
        TryDecode(value, ListingLimits.Default, out listing, out _);

    public static bool TryDecode(ReadOnlySpan<byte> value, ListingLimits limits, [NotNullWhen(true)] out Listing? listing, out ListingFault fault)
    {
        var fields = new ListingFields(limits);
        fault = fields.Read(value, "id");
        listing = fault == ListingFault.None ? fields.ToListing() : null;
        return listing is not null;
    }

    /// <summary>A listing that stands under the key of its own id.</summary>
    public static bool TryDecode(
        string key, ReadOnlySpan<byte> value, ListingLimits limits, [NotNullWhen(true)] out Listing? listing, out ListingFault fault)
    {
        if (!TryDecode(value, limits, out listing, out fault))
            return false;
        if (ListingKey.Of(listing.Id) == key)
            return true;
        (listing, fault) = (null, ListingFault.WrongKey);
        return false;
    }

    /// <summary>The listings among the first elements of an answer to <c>info</c>. What is none is passed over; false: it is no array.</summary>
    public static bool TryDecodeAnswers(ReadOnlySpan<byte> answer, ListingLimits limits, int most, [NotNullWhen(true)] out List<Listing>? listings)
    {
        listings = null;
        if (!System.Text.Unicode.Utf8.IsValid(answer))
            return false;
        List<Listing> found = [];
        var reader = new Utf8JsonReader(answer);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return false;
            for (var read = 0; read < most && reader.Read() && reader.TokenType != JsonTokenType.EndArray; read++)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (TryDecode(answer[start..(int)reader.BytesConsumed], limits, out var listing, out _))
                    found.Add(listing);
            }
        }
        catch (JsonException)
        {
            return false;
        }

        listings = found;
        return true;
    }

    private static GoJson Begin(Listing listing) => new GoJson()
        .Text("id", listing.Id)
        .Text("name", listing.Name)
        .Number("price", listing.Price)
        .Text("metadata", listing.Metadata)
        .Text("sellerId", listing.SellerId)
        .TextsIfAny("addrs", listing.Addresses)
        .TextsIfAny("protocols", listing.Protocols)
        .Number("timestamp", listing.Timestamp.ToString(CultureInfo.InvariantCulture))
        .TextIfAny("tokenId", listing.TokenId);
}
