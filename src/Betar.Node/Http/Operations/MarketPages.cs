using System.Text.Json;
using Betar.Marketplace.Search;
using Betar.Node.Cli.Market;
using Betar.Node.Errors;

namespace Betar.Node.Http.Operations;

/// <summary>Walks through everything that the marketplace shows, page by page, up to a bound.</summary>
internal static class MarketPages
{
    /// <summary>Listings that one answer of the original's route may hold.</summary>
    public const int MaxListings = 10_000;

    public static async Task<Checked<IReadOnlyList<JsonElement>>> AllAsync(NodeOperations operations, CancellationToken cancellation)
    {
        List<JsonElement> all = [];
        string? cursor = null;
        do
        {
            Checked<JsonElement> page = await operations.CallAsync(MarketCalls.Search, writer => Write(writer, cursor), cancellation);
            if (!page.IsOk)
                return page.Refusal;
            all.AddRange(page.Value.GetProperty("items").EnumerateArray());
            cursor = page.Value.GetProperty("next").GetString();
        }
        while (cursor is not null && all.Count < MaxListings);
        return Checked.Of<IReadOnlyList<JsonElement>>(all);
    }

    private static void Write(Utf8JsonWriter writer, string? cursor)
    {
        writer.WriteNumber("limit", SearchQuery.MaxLimit);
        if (cursor is not null)
            writer.WriteString("cursor", cursor);
    }
}
