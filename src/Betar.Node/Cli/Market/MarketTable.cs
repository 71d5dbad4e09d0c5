using System.Text.Json;

namespace Betar.Node.Cli.Market;

/// <summary>Listings for people. Their texts are strangers', so what could move the cursor or lie about the direction is made visible.</summary>
internal static class MarketTable
{
    private const int LongestName = 40;
    private const int ShownOfPeer = 8;

    public static void Write(TextWriter output, IEnumerable<JsonElement> listings) => TextTable.Write(
        output, ["name", "price", "trust", "seller", "age", "id"],
        listings.Select(listing => new[]
        {
            VisibleText.Of(listing.Text("name"), LongestName), VisibleText.Of(listing.Text("price")) + " USDC", Trust(listing), Short(listing.Text("sellerId")),
            Ages.Of(listing.GetProperty("ageSeconds").GetInt64()), VisibleText.Of(listing.Text("id")),
        }));

    public static string Trust(JsonElement listing) =>
        listing.Text("trust") + (listing.TryGetProperty("contested", out var contested) && contested.GetBoolean() ? ", contested" : "");

    /// <summary>The end of a peer id is what tells it from others.</summary>
    private static string Short(string peer) => peer.Length <= ShownOfPeer ? VisibleText.Of(peer) : "…" + VisibleText.Of(peer[^ShownOfPeer..]);
}
