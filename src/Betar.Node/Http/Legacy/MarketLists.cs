using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Http.Operations;

namespace Betar.Node.Http.Legacy;

/// <summary>Everything that the marketplace shows as one list, each listing in the words of a route.</summary>
internal static class MarketLists
{
    public static async Task<ApiAnswer> AnswerAsync(NodeOperations operations, ApiRequest request, Action<Utf8JsonWriter, JsonElement> write)
    {
        Checked<IReadOnlyList<JsonElement>> listings = await MarketPages.AllAsync(operations, request.Aborted);
        return listings.IsOk ? LegacyJson.ListOf(listings.Value, write) : ApiAnswer.Refused(listings.Refusal);
    }
}
