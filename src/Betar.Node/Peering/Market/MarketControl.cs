using System.Globalization;
using System.Text.Json;
using Betar.Libp2p.Identity;
using Betar.Marketplace;
using Betar.Marketplace.Search;
using Betar.Marketplace.Trust;
using Betar.Node.Cli.Market;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;

namespace Betar.Node.Peering.Market;

/// <summary>What a running node answers about the marketplace.</summary>
internal sealed class MarketControl(IMarketplace market, IMarketFacts facts, MarketChangeLog changes, TimeProvider time)
{
    /// <summary>So long a question for changes waits for one; who watches asks again.</summary>
    public static readonly TimeSpan ChangesWait = TimeSpan.FromSeconds(20);

    /// <summary>How often somebody who waits for the node to catch up sees how far it is.</summary>
    public static readonly TimeSpan ProgressWait = TimeSpan.FromMilliseconds(200);

    public Dictionary<string, ControlHandler> Handlers => new(StringComparer.Ordinal)
    {
        [MarketCalls.Search] = SearchAsync,
        [MarketCalls.Show] = ShowAsync,
        [MarketCalls.Why] = WhyAsync,
        [MarketCalls.Verify] = (_, _) => Task.FromResult(ControlAnswer.Json(new MarketAudit(market, facts).Write)),
        [MarketCalls.Progress] = ProgressAsync,
        [MarketCalls.Changes] = ChangesAsync,
    };

    private Task<ControlAnswer> SearchAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        Checked<SearchQuery> query = MarketQueries.Read(arguments);
        if (!query.IsOk)
            return Task.FromResult(ControlAnswer.Refused(query.Refusal));
        SearchPage page = market.Search(query.Value);
        return Task.FromResult(page.Fault == SearchFault.None
            ? ControlAnswer.Json(writer => Write(writer, page))
            : ControlAnswer.Refused(ErrorCatalog.BadOptionValue.Refuse("--cursor is not that of a page of this search", "leave it out, or search for the same again")));
    }

    private void Write(Utf8JsonWriter writer, SearchPage page)
    {
        DateTimeOffset now = time.GetUtcNow();
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (MarketListing listing in page.Items)
            MarketJson.Write(writer, listing, now);
        writer.WriteEndArray();
        writer.WriteString("next", page.Next);
        writer.WriteNumber("matches", page.Matches);
        writer.WriteEndObject();
    }

    private async Task<ControlAnswer> ShowAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        Checked<MarketListing> found = ListingLookup.Find(market, ControlArguments.Text(arguments, "id"));
        if (!found.IsOk)
            return ControlAnswer.Refused(found.Refusal);
        MarketListing listing = found.Value;
        IReadOnlyList<string> at = ControlArguments.Flag(arguments, "reach") && PeerId.TryParse(listing.SellerId, out PeerId seller)
            ? await facts.AddressesAsync(seller, cancellationToken)
            : [];
        return ControlAnswer.Json(writer => Write(writer, listing, ControlArguments.Flag(arguments, "reach") ? at : null));
    }

    /// <summary>With where the seller was really met, for who wants to go there: what a listing names is only somebody's word.</summary>
    private void Write(Utf8JsonWriter writer, MarketListing listing, IReadOnlyList<string>? reach)
    {
        if (reach is null)
        {
            MarketJson.Write(writer, listing, time.GetUtcNow());
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName("listing");
        MarketJson.Write(writer, listing, time.GetUtcNow());
        writer.WriteStartArray("reach");
        foreach (string address in reach)
            writer.WriteStringValue(address);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private async Task<ControlAnswer> WhyAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        Checked<WhyReport> why = await ListingLookup.ExplainAsync(market, ControlArguments.Text(arguments, "id"), cancellationToken);
        return why.IsOk ? ControlAnswer.Json(writer => WhyJson.Write(writer, why.Value)) : ControlAnswer.Refused(why.Refusal);
    }

    private async Task<ControlAnswer> ProgressAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        if (facts.Progress is { Missing: > 0 } before && before.Settled == Number(arguments, "after"))
            await Task.Delay(ProgressWait, time, cancellationToken);
        MarketProgress now = facts.Progress;
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("settled", now.Settled);
            writer.WriteNumber("missing", now.Missing);
            writer.WriteEndObject();
        });
    }

    private async Task<ControlAnswer> ChangesAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        using var wait = new CancellationTokenSource(ChangesWait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, cancellationToken);
        MarketChangeLog.Part part = await changes.ReadAsync(Number(arguments, "after") ?? -1, both.Token);
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("next", part.Next);
            writer.WriteNumber("lost", part.Lost);
            writer.WriteStartArray("changes");
            foreach ((DateTimeOffset at, MarketChange change) in part.Changes)
                Write(writer, at, change);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private void Write(Utf8JsonWriter writer, DateTimeOffset at, MarketChange change)
    {
        writer.WriteStartObject();
        writer.WriteString("event", change.Listing is null ? "delisted" : "listed");
        writer.WriteString("at", at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("id", change.Id);
        if (change.Listing is { } listing)
        {
            writer.WritePropertyName("listing");
            MarketJson.Write(writer, listing, time.GetUtcNow());
        }

        writer.WriteEndObject();
    }

    private static long? Number(JsonElement arguments, string name) => arguments.TryGetProperty(name, out JsonElement value) && value.TryGetInt64(out long number) ? number : null;
}
