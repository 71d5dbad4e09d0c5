using System.Text.Json;
using Betar.Marketplace;
using Betar.Marketplace.Search;
using Betar.Marketplace.Trust;

namespace Betar.Node.Peering.Market;

/// <summary>How far all that is shown may be believed, and what others than the sellers tried to change.</summary>
internal sealed class MarketAudit(IMarketplace market, IMarketFacts facts)
{
    public void Write(Utf8JsonWriter writer)
    {
        Dictionary<TrustLevel, int> byTrust = Enum.GetValues<TrustLevel>().ToDictionary(level => level, _ => 0);
        List<string> contested = [];
        string? cursor = null;
        do
        {
            SearchPage page = market.Search(new SearchQuery { Limit = SearchQuery.MaxLimit, Cursor = cursor });
            foreach (MarketListing listing in page.Items)
            {
                byTrust[listing.Trust]++;
                if (listing.Contested || listing.Trust == TrustLevel.Disputed)
                    contested.Add(listing.Id);
            }

            cursor = page.Next;
        }
        while (cursor is not null);

        writer.WriteStartObject();
        writer.WriteBoolean("ok", contested.Count == 0);
        writer.WriteNumber("listings", byTrust.Values.Sum());
        writer.WriteStartObject("byTrust");
        foreach ((TrustLevel level, int count) in byTrust)
            writer.WriteNumber(MarketJson.Of(level), count);
        writer.WriteEndObject();
        writer.WriteStartArray("contested");
        foreach (string id in contested.Order(StringComparer.Ordinal))
            writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WriteStartObject("recordFaults");
        foreach ((Betar.Marketplace.Records.RecordFault fault, long count) in facts.RecordFaults.OrderBy(pair => pair.Key))
            writer.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(fault.ToString()), count);
        writer.WriteEndObject();
        writer.WriteStartObject("replica");
        writer.WriteNumber("settled", facts.Progress.Settled);
        writer.WriteNumber("missing", facts.Progress.Missing);
        writer.WriteNumber("absent", facts.Progress.Absent);
        writer.WriteNumber("height", facts.Progress.Height);
        writer.WriteNumber("bytes", facts.Progress.Bytes);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
