using System.Text.Json;
using Betar.Libp2p.Identity;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Records;
using Betar.Marketplace.Search;
using Betar.Marketplace.Trust;
using Betar.Node.Cli;
using Betar.Node.Cli.Market;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Peering.Market;
using Betar.Orleans.Testing;

namespace Betar.Node.Tests.Marketplace;

/// <summary>What the control socket answers about the marketplace, in its exact shape.</summary>
public sealed class MarketControlTests : IDisposable
{
    private readonly FakeMarket _market = new();
    private readonly ManualTimeProvider _time = new(FakeMarket.Now.AddSeconds(61));
    private readonly MarketChangeLog _changes;
    private readonly MarketControl _control;

    public MarketControlTests()
    {
        _changes = new MarketChangeLog(_market, _time);
        _control = new MarketControl(_market, _market, _changes, _time);
    }

    public void Dispose() => _changes.Dispose();

    [Fact]
    public async Task A_listing_is_shown_as_list_prints_it()
    {
        _market.Listings.Add(FakeMarket.Listing("a"));

        Assert.Equal(
            """{"id":"a","name":"echo","price":0.001,"priceAtomic":"1000","sellerId":"12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq","addrs":[],"protocols":[],"trust":"verified","ageSeconds":61,"lastSeen":"2030-01-01T00:00:00Z","alive":true}""",
            (await AskAsync(MarketCalls.Show, """{"id":"a"}""")).GetRawText());
        JsonElement reached = await AskAsync(MarketCalls.Show, """{"id":"a","reach":true}""");
        Assert.Equal("a", reached.GetProperty("listing").GetProperty("id").GetString());
        Assert.Equal("/ip4/127.0.0.1/tcp/4001/p2p/12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq", Assert.Single(reached.GetProperty("reach").EnumerateArray()).GetString());
        Assert.Equal("BTR-4011", (await RefusalAsync(MarketCalls.Show, """{"id":"b"}""")).Error.Code);
        Assert.Equal("BTR-4011", (await RefusalAsync(MarketCalls.Why, """{"id":"b"}""")).Error.Code);
    }

    [Fact]
    public async Task A_search_comes_page_by_page()
    {
        _market.Listings.AddRange(Enumerable.Range(0, 5).Select(n => FakeMarket.Listing($"a{n}")));

        JsonElement first = await AskAsync(MarketCalls.Search, """{"limit":3}""");
        Assert.Equal((3, "3", 5), (first.GetProperty("items").GetArrayLength(), first.GetProperty("next").GetString(), first.GetProperty("matches").GetInt32()));
        JsonElement last = await AskAsync(MarketCalls.Search, """{"limit":3,"cursor":"3"}""");
        Assert.Equal((2, JsonValueKind.Null), (last.GetProperty("items").GetArrayLength(), last.GetProperty("next").ValueKind));
        _market.Fault = SearchFault.CursorOfAnotherSearch;
        Assert.Equal("BTR-1003", (await RefusalAsync(MarketCalls.Search, "{}")).Error.Code);
    }

    [Fact]
    public async Task Every_condition_of_a_search_arrives()
    {
        await AskAsync(MarketCalls.Search,
            """{"text":"two words","tags":["a","b"],"minPrice":"0.001","maxPrice":"1","network":"eip155:84532","trust":["own","verified"],"alive":true,"sort":"latency","limit":7,"cursor":"0"}""");

        SearchQuery asked = Assert.Single(_market.Asked);
        Assert.Equal(("two words", "eip155:84532", true, SearchSort.Latency, 7, "0"), (asked.Text, asked.Network, asked.AliveOnly, asked.Sort, asked.Limit, asked.Cursor));
        Assert.Equal(("1000", "1000000"), (asked.MinPrice.ToString(), asked.MaxPrice.ToString()));
        Assert.Equal(["a", "b"], asked.Tags);
        Assert.Equal([TrustLevel.Own, TrustLevel.Verified], asked.Trust);
        await AskAsync(MarketCalls.Search, "{}");
        Assert.Equal(("", 50, SearchSort.Price, false), (_market.Asked[1].Text, _market.Asked[1].Limit, _market.Asked[1].Sort, _market.Asked[1].AliveOnly));
    }

    [Theory]
    [InlineData("""{"trust":["certain"]}""", "BTR-1003")]
    [InlineData("""{"sort":"luck"}""", "BTR-1003")]
    [InlineData("""{"limit":0}""", "BTR-1003")]
    [InlineData("""{"limit":501}""", "BTR-1003")]
    [InlineData("""{"minPrice":"cheap"}""", "BTR-1014")]
    [InlineData("""{"maxPrice":"0.0000001"}""", "BTR-1014")]
    public async Task A_search_that_makes_no_sense_is_refused(string arguments, string code)
    {
        Assert.Equal(code, (await RefusalAsync(MarketCalls.Search, arguments)).Error.Code);
        Assert.Empty(_market.Asked);
    }

    [Fact]
    public async Task Why_has_this_shape()
    {
        var peer = PeerId.Parse("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq");
        _market.Reports["a"] = new WhyReport
        {
            Id = "a", Key = "/agents/YQ", IsVisible = true, Trust = TrustLevel.Verified, Reasons = ["Because."], Version = 3, Expires = FakeMarket.Now, Height = 7, BroadcastBy = peer,
            LastGossip = FakeMarket.Now, Holders = [new Holder(peer, FakeMarket.Now)], PathScores = new Dictionary<PeerId, double> { [peer] = -1.5 },
        };

        Assert.Equal(
            """{"id":"a","visible":true,"trust":"verified","contested":false,"reasons":["Because."],"key":"/agents/YQ","version":3,"withdrawn":false,"expires":"2030-01-01T00:00:00Z","record":null,"node":null,"height":7,"broadcastBy":"PEER","lastGossip":"2030-01-01T00:00:00Z","lastSeen":null,"holders":[{"peerId":"PEER","since":"2030-01-01T00:00:00Z"}],"pathScores":{"PEER":-1.5}}"""
                .Replace("PEER", peer.ToString(), StringComparison.Ordinal),
            (await AskAsync(MarketCalls.Why, """{"id":"a"}""")).GetRawText());
    }

    [Fact]
    public async Task An_audit_counts_every_page_and_fails_on_what_was_contested()
    {
        _market.Listings.AddRange(Enumerable.Range(0, 600).Select(n => FakeMarket.Listing($"a{n}")));
        _market.Faults[RecordFault.NotNewer] = 3;
        JsonElement sound = await AskAsync(MarketCalls.Verify, "{}");
        Assert.True(sound.GetProperty("ok").GetBoolean());
        Assert.Equal((600, 600, 3), (sound.GetProperty("listings").GetInt32(), sound.GetProperty("byTrust").GetProperty("verified").GetInt32(), sound.GetProperty("recordFaults").GetProperty("notNewer").GetInt32()));
        Assert.Equal("""{"settled":5,"missing":1,"absent":2,"height":4,"bytes":100}""", sound.GetProperty("replica").GetRawText());

        _market.Listings.Add(FakeMarket.Listing("z", contested: true));
        _market.Listings.Add(FakeMarket.Listing("y", TrustLevel.Disputed));
        JsonElement contested = await AskAsync(MarketCalls.Verify, "{}");
        Assert.False(contested.GetProperty("ok").GetBoolean());
        Assert.Equal("""["y","z"]""", contested.GetProperty("contested").GetRawText());
    }

    [Fact]
    public async Task Progress_comes_at_once_when_it_has_changed_and_else_a_moment_later()
    {
        Assert.Equal("""{"settled":5,"missing":1}""", (await AskAsync(MarketCalls.Progress, """{"after":4}""")).GetRawText());
        Task<JsonElement> waiting = AskAsync(MarketCalls.Progress, """{"after":5}""");
        Assert.False(waiting.IsCompleted);
        _market.Progress = _market.Progress with { Settled = 6, Missing = 0 };
        _time.Advance(MarketControl.ProgressWait);
        Assert.Equal("""{"settled":6,"missing":0}""", (await waiting).GetRawText());
        Assert.Equal("""{"settled":6,"missing":0}""", (await AskAsync(MarketCalls.Progress, """{"after":6}""")).GetRawText());
    }

    [Fact]
    public async Task Changes_come_when_they_happen_or_not_at_all()
    {
        Task<JsonElement> waiting = AskAsync(MarketCalls.Changes, "{}");
        _market.Change(new MarketChange("a", FakeMarket.Listing("a")));
        _market.Change(new MarketChange("a", null));
        long next = (await waiting).GetProperty("next").GetInt64();
        JsonElement after = await AskAsync(MarketCalls.Changes, """{"after":0}""");
        Assert.Equal(["listed", "delisted"], after.GetProperty("changes").EnumerateArray().Select(change => change.Text("event")));
        Assert.Equal("""{"event":"delisted","at":"2030-01-01T00:01:01Z","id":"a"}""", after.GetProperty("changes")[1].GetRawText());
        Assert.InRange(next, 1, 2);

        Task<JsonElement> none = AskAsync(MarketCalls.Changes, """{"after":2}""");
        Assert.False(none.IsCompleted);
        _time.Advance(MarketControl.ChangesWait);
        Assert.Equal("""{"next":2,"lost":0,"changes":[]}""", (await none).GetRawText());
    }

    [Fact]
    public async Task Who_reads_too_slowly_is_told_how_much_it_missed()
    {
        for (int i = 0; i < MarketChangeLog.Capacity + 10; i++)
            _market.Change(new MarketChange($"a{i}", null));

        MarketChangeLog.Part part = await _changes.ReadAsync(3, default);
        Assert.Equal((MarketChangeLog.Capacity + 10, 7L, MarketChangeLog.Capacity), (part.Next, part.Lost, part.Changes.Count));
        Assert.Equal("a10", part.Changes[0].Change.Id);
        part = await _changes.ReadAsync(part.Next - 1, default);
        Assert.Equal((0L, $"a{MarketChangeLog.Capacity + 9}"), (part.Lost, Assert.Single(part.Changes).Change.Id));
    }

    private async Task<JsonElement> AskAsync(string method, string arguments)
    {
        ControlAnswer answer = await CallAsync(method, arguments);
        Assert.True(answer.Refusal is null, answer.Refusal?.Sentence);
        using JsonDocument json = JsonOutput.Parse(answer.Write!);
        return json.RootElement.Clone();
    }

    private async Task<CliRefusal> RefusalAsync(string method, string arguments) => (await CallAsync(method, arguments)).Refusal!;

    private async Task<ControlAnswer> CallAsync(string method, string arguments)
    {
        using JsonDocument document = JsonDocument.Parse(arguments);
        return await _control.Handlers[method](document.RootElement.Clone(), default);
    }
}
