using System.Text;
using System.Text.Json.Nodes;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Wire;

/// <summary>Messages with every member that they can have: read, and written back to the byte; and with none that they need not have.</summary>
public sealed class WireRoundTripTests
{
    private const string Resource = """{"url":"u","description":"d","mimeType":"m","serviceName":"s","iconUrl":"i","tags":["t1","t2"]}""";
    private const string Accepted = """{"scheme":"exact","network":"eip155:1","amount":"1","asset":"a","payTo":"p","maxTimeoutSeconds":60,"extra":{"name":"USDC"}}""";
    private const string Demand = $$$$$"""{"x402Version":2,"error":"e","resource":{{{{{Resource}}}}},"accepts":[{{{{{Accepted}}}}}],"extensions":{"x":{"info":1}}}""";
    private const string Payment = $$$$$"""{"x402Version":2,"payload":{"signature":"0x"},"resource":{{{{{Resource}}}}},"accepted":{{{{{Accepted}}}}},"extensions":{"x":{}}}""";
    private const string V1Accepted = """{"scheme":"exact","network":"base","maxAmountRequired":"1","resource":"u","description":"d","mimeType":"m","payTo":"p","maxTimeoutSeconds":60,"asset":"a","extra":{}}""";
    private const string V1Demand = $$$$$"""{"x402Version":1,"error":"e","accepts":[{{{{{V1Accepted}}}}}]}""";
    private const string V1Payment = """{"x402Version":1,"scheme":"exact","network":"base","payload":{"signature":"0x"}}""";
    private const string Settled = """{"success":false,"errorReason":"r","errorMessage":"m","payer":"p","transaction":"0x1","network":"eip155:1","amount":"5","extensions":{"a":1},"extra":{"b":2}}""";
    private const string Verified = """{"isValid":false,"invalidReason":"r","invalidMessage":"m","payer":"p","extra":{"b":2}}""";
    private const string Page = $$$$$"""{"x402Version":2,"items":[{"resource":"u","type":"http","x402Version":2,"accepts":[{{{{{Accepted}}}}}],"lastUpdated":"2026-01-02T03:04:05.678Z","description":"d","mimeType":"m","serviceName":"s","iconUrl":"i","tags":["t"],"extensions":{"x":1}}],"pagination":{"limit":20,"offset":3,"total":41}}""";
    private const string Kinds = """{"kinds":[{"x402Version":1,"scheme":"exact","network":"base"},{"x402Version":2,"scheme":"upto","network":"eip155:1","extra":{"a":1}}],"extensions":["e1","e2"],"signers":{"eip155:*":["0x1","0x2"],"EIP155:*":[]}}""";

    public static TheoryData<string, string> All => new()
    {
        { "demand", Demand }, { "demand", V1Demand }, { "payment", Payment }, { "payment", V1Payment }, { "verified", Verified }, { "settled", Settled },
        { "page", Page }, { "kinds", Kinds },
        { "call", $$$$$"""{"x402Version":2,"paymentPayload":{{{{{Payment}}}}},"paymentRequirements":{{{{{Accepted}}}}}}""" },
        { "call", $$$$$"""{"x402Version":1,"paymentPayload":{{{{{V1Payment}}}}},"paymentRequirements":{{{{{V1Accepted}}}}}}""" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Every_member_goes_both_ways(string kind, string json) => Assert.Equal(json, Again(kind, json));

    [Fact]
    public void What_need_not_be_there_is_absent_or_empty()
    {
        var settled = WireCodec.ParseSettled("""{"success":true}"""u8).Value!;
        Assert.Equal((true, "", "", null, null), (settled.Success, settled.Transaction, settled.Network, settled.ErrorReason, settled.Extra));
        Assert.Equal("""{"success":true,"transaction":"","network":""}""", Encoding.UTF8.GetString(WireCodec.Write(settled)));
        Assert.Equal("""{"isValid":true}""", Encoding.UTF8.GetString(WireCodec.Write(WireCodec.ParseVerified("""{"isValid":true}"""u8).Value!)));
        Assert.Equal("""{"kinds":[],"extensions":[],"signers":{}}""", Again("kinds", "{}"));
    }

    [Fact]
    public void A_demand_of_version_1_need_not_say_what_it_is_for()
    {
        var demand = WireCodec.ParseDemand(
            """{"x402Version":1,"accepts":[{"scheme":"exact","network":"base-sepolia","maxAmountRequired":"1","asset":"0x1","payTo":"0x2","maxTimeoutSeconds":60}]}"""u8);
        Assert.Equal("", demand.Value!.Resource.Url);
    }

    [Fact]
    public void A_demand_of_version_1_describes_nothing_with_empty_texts()
    {
        var accepted = WireCodec.ParseDemand(Encoding.UTF8.GetBytes(Demand)).Value!.Accepts[0];

        var call = JsonNode.Parse(WireCodec.Write(new FacilitatorCall { Payment = WireCodec.ParsePayment(Encoding.UTF8.GetBytes(V1Payment)).Value!, Requirement = accepted }))!;

        var requirement = call["paymentRequirements"]!;
        Assert.Equal(("", "", ""), ((string)requirement["resource"]!, (string)requirement["description"]!, (string)requirement["mimeType"]!));
    }

    [Theory]
    [InlineData("limit")]
    [InlineData("offset")]
    [InlineData("total")]
    public void A_page_counts_from_nothing_to_as_far_as_a_count_goes(string member)
    {
        Assert.Equal("0", Counted(member, "-1"));
        Assert.Equal("0", Counted(member, "0"));
        Assert.Equal("2147483647", Counted(member, "2147483648"));
    }

    [Theory]
    [InlineData("253402300799", true)]
    [InlineData("253402300800", false)]
    [InlineData("0", true)]
    [InlineData("-1", false)]
    [InlineData("1.5", false)]
    [InlineData("\"yesterday\"", false)]
    public void A_time_is_one_that_can_be_written(string time, bool right) =>
        Assert.Equal(right, WireCodec.ParseDiscovery(Encoding.UTF8.GetBytes(Page.Replace("\"2026-01-02T03:04:05.678Z\"", time, StringComparison.Ordinal))).IsOk);

    [Theory]
    [InlineData("tags", 32)]
    [InlineData("items", 1000)]
    public void Lists_have_a_longest_length(string list, int most)
    {
        var limits = new WireLimits { MaxBodyLength = 16 * 1024 * 1024 };

        Assert.True(WireCodec.ParseDiscovery(With(list, most), limits).IsOk);
        Assert.False(WireCodec.ParseDiscovery(With(list, most + 1), limits).IsOk);
    }

    [Theory]
    [InlineData("kinds")]
    [InlineData("extensions")]
    [InlineData("signers")]
    public void What_a_facilitator_supports_is_bounded(string list)
    {
        Assert.True(WireCodec.ParseSupported(Supported(list, 256)).IsOk);
        Assert.False(WireCodec.ParseSupported(Supported(list, 257)).IsOk);
    }

    [Fact]
    public void Pending_is_a_failure_that_may_still_succeed()
    {
        Assert.True(SettleResponse.Failed(WireReasons.SettlementPending, "eip155:1").IsPending);
        Assert.False(SettleResponse.Failed("other", "eip155:1").IsPending);
        Assert.False(new SettleResponse { Success = true, ErrorReason = WireReasons.SettlementPending }.IsPending);
        Assert.Equal(("r", "n", "p", "m", false), SettleResponse.Failed("r", "n", "p", "m") is var failed ? (failed.ErrorReason, failed.Network, failed.Payer, failed.ErrorMessage, failed.Success) : default);
    }

    private static string Again(string kind, string json)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        return Encoding.UTF8.GetString(kind switch
        {
            "demand" => WireCodec.Write(WireCodec.ParseDemand(utf8).Value!),
            "payment" => WireCodec.Write(WireCodec.ParsePayment(utf8).Value!),
            "verified" => WireCodec.Write(WireCodec.ParseVerified(utf8).Value!),
            "settled" => WireCodec.Write(WireCodec.ParseSettled(utf8).Value!),
            "page" => WireCodec.Write(WireCodec.ParseDiscovery(utf8).Value!),
            "kinds" => WireCodec.Write(WireCodec.ParseSupported(utf8).Value!),
            _ => WireCodec.Write(WireCodec.ParseCall(utf8).Value!),
        });
    }

    private static string Counted(string member, string value)
    {
        var page = JsonNode.Parse(Page)!;
        page["pagination"]![member] = JsonNode.Parse(value);
        return JsonNode.Parse(Again("page", page.ToJsonString()))!["pagination"]![member]!.ToJsonString();
    }

    private static byte[] With(string list, int count)
    {
        var page = JsonNode.Parse(Page)!;
        var item = page["items"]![0]!.DeepClone();
        if (list == "tags")
            page["items"]![0]!["tags"] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => JsonValue.Create("t"))]);
        else
            page["items"] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => item.DeepClone())]);
        return Encoding.UTF8.GetBytes(page.ToJsonString());
    }

    private static byte[] Supported(string list, int count)
    {
        var kinds = JsonNode.Parse(Kinds)!;
        kinds[list] = list switch
        {
            "kinds" => new JsonArray([.. Enumerable.Range(0, count).Select(_ => kinds["kinds"]![1]!.DeepClone())]),
            "extensions" => new JsonArray([.. Enumerable.Range(0, count).Select(_ => JsonValue.Create("e"))]),
            _ => new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create<string, JsonNode?>($"family{i}", new JsonArray()))),
        };
        return Encoding.UTF8.GetBytes(kinds.ToJsonString());
    }
}
