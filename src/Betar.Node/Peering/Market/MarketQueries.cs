using System.Text.Json;
using Betar.Marketplace.Search;
using Betar.Marketplace.Trust;
using Betar.Node.Errors;
using Betar.X402;

namespace Betar.Node.Peering.Market;

/// <summary>Reads what somebody looks for from a control request; what is absent does not matter.</summary>
internal static class MarketQueries
{
    public static Checked<SearchQuery> Read(JsonElement arguments)
    {
        Checked<AtomicAmount?> least = ReadPrice(arguments, "minPrice"), most = ReadPrice(arguments, "maxPrice");
        if (!least.IsOk || !most.IsOk)
            return (least.Refusal ?? most.Refusal)!;
        List<TrustLevel> trust = [];
        foreach (string word in Texts(arguments, "trust"))
        {
            if (!MarketJson.TryParse(word, out TrustLevel level))
                return ErrorCatalog.BadOptionValue.Refuse($"--trust {VisibleText.Of(word)} is none of own, verified, attested, hearsay, disputed, expired");
            trust.Add(level);
        }

        if (ReadSort(Text(arguments, "sort")) is not { } sort)
            return ErrorCatalog.BadOptionValue.Refuse($"--sort {VisibleText.Of(Text(arguments, "sort")!)} is none of price, latency, success");
        int limit = arguments.TryGetProperty("limit", out JsonElement size) && size.TryGetInt32(out int number) ? number : 50;
        if (limit is < 1 or > SearchQuery.MaxLimit)
            return ErrorCatalog.BadOptionValue.Refuse($"--limit {limit} is not within 1 to {SearchQuery.MaxLimit}");
        return new SearchQuery
        {
            Text = Text(arguments, "text") ?? "",
            Tags = Texts(arguments, "tags"),
            MinPrice = least.Value,
            MaxPrice = most.Value,
            Network = Text(arguments, "network"),
            Trust = trust,
            AliveOnly = arguments.TryGetProperty("alive", out JsonElement alive) && alive.ValueKind == JsonValueKind.True,
            Sort = sort,
            Limit = limit,
            Cursor = Text(arguments, "cursor"),
        };
    }

    private static SearchSort? ReadSort(string? word) => word switch
    {
        null or "price" => SearchSort.Price,
        "latency" => SearchSort.Latency,
        "success" => SearchSort.Success,
        _ => null,
    };

    private static Checked<AtomicAmount?> ReadPrice(JsonElement arguments, string name) => Text(arguments, name) is not { } text
        ? new Checked<AtomicAmount?>(null, null)
        : AtomicAmount.TryParseUsdc(text, out AtomicAmount price)
            ? new Checked<AtomicAmount?>(price, null)
            : ErrorCatalog.BadPrice.Refuse($"{VisibleText.Of(text)} is no amount of USDC with at most {AtomicAmount.UsdcDecimals} digits after the point");

    private static string? Text(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> Texts(JsonElement arguments, string name) => arguments.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];
}
