using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Wire;

public class WireParsingTests
{
    private const string Demand = """{"x402Version":2,"resource":{"url":"u"},"accepts":[{"scheme":"exact","network":"eip155:1","amount":"1","asset":"a","payTo":"p","maxTimeoutSeconds":60}]}""";
    private const string V1Demand = """{"x402Version":1,"accepts":[{"scheme":"exact","network":"base","maxAmountRequired":"1","asset":"a","payTo":"p","maxTimeoutSeconds":60,"resource":"u","description":"d"}]}""";
    private const string Kinds = """{"kinds":[{"x402Version":2,"scheme":"exact","network":"eip155:1","extra":{"a":1}}],"extensions":["bazaar"],"signers":{"eip155:*":["0x1"]}}""";
    private const string Page = """{"x402Version":2,"items":[{"resource":"u","type":"http","x402Version":2,"accepts":[],"lastUpdated":"2026-01-02T03:04:05.000Z","description":"d"}],"pagination":{"limit":20,"offset":0,"total":1}}""";

    public static TheoryData<string, string> Required => new()
    {
        { Demand, "x402Version" }, { Demand, "resource" }, { Demand, "resource.url" }, { Demand, "accepts" }, { Demand, "accepts.0.scheme" },
        { Demand, "accepts.0.network" }, { Demand, "accepts.0.amount" }, { Demand, "accepts.0.asset" }, { Demand, "accepts.0.payTo" },
        { Demand, "accepts.0.maxTimeoutSeconds" }, { V1Demand, "accepts" }, { V1Demand, "accepts.0.maxAmountRequired" }, { V1Demand, "accepts.0.scheme" },
        { V1Demand, "accepts.0.network" }, { V1Demand, "accepts.0.asset" }, { V1Demand, "accepts.0.payTo" }, { V1Demand, "accepts.0.maxTimeoutSeconds" },
    };

    [Theory]
    [MemberData(nameof(Required))]
    public void A_demand_without_a_member_or_with_one_of_another_type_is_refused(string json, string path)
    {
        Assert.True(WireCodec.ParseDemand(Utf8(json)).IsOk);
        Assert.False(WireCodec.ParseDemand(Utf8(Change(json, path, null))).IsOk);
        Assert.False(WireCodec.ParseDemand(Utf8(Change(json, path, JsonNode.Parse("[true]")))).IsOk);
    }

    [Theory]
    [InlineData("x402Version")]
    [InlineData("accepted")]
    [InlineData("payload")]
    [InlineData("accepted.scheme")]
    public void A_payment_without_a_member_is_refused(string path)
    {
        var json = Encoding.UTF8.GetString(Convert.FromBase64String(Vectors.SignatureHeader));

        Assert.False(WireCodec.ParsePayment(Utf8(Change(json, path, null))).IsOk);
        Assert.False(WireCodec.ParsePayment(Utf8(Change(json, path, JsonNode.Parse("7.5")))).IsOk);
    }

    [Theory]
    [InlineData("scheme")]
    [InlineData("network")]
    [InlineData("payload")]
    public void A_payment_of_version_1_without_a_member_is_refused(string path) =>
        Assert.False(WireCodec.ParsePayment(Utf8(Change(Encoding.UTF8.GetString(Convert.FromBase64String(Vectors.V1Header)), path, null))).IsOk);

    [Theory]
    [InlineData("3")]
    [InlineData("0")]
    [InlineData("-1")]
    public void Another_version_is_a_fault_of_its_own(string version) =>
        Assert.Equal(WireCodec.UnknownVersion, WireCodec.ParseDemand(Utf8(Demand.Replace("\"x402Version\":2", $"\"x402Version\":{version}", StringComparison.Ordinal))).Fault);

    [Theory]
    [InlineData("{\"x402Version\":2,\"x402Version\":2}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{}x")]
    [InlineData("{\"x402Version\":2,\"a\":\"\\ud800\"}")]
    public void What_is_no_single_readable_object_is_refused(string json) => Assert.False(WireCodec.ParseDemand(Utf8(json)).IsOk);

    [Fact]
    public void Two_members_of_one_name_are_refused_wherever_they_are()
    {
        var twice = Demand.Replace("\"amount\":\"1\"", "\"amount\":\"1\",\"amount\":\"2\"", StringComparison.Ordinal);

        Assert.False(WireCodec.ParseDemand(Utf8(twice)).IsOk);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused() => Assert.False(WireCodec.ParseDemand([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).IsOk);

    [Fact]
    public void Nesting_is_bounded() =>
        Assert.False(WireCodec.ParseDemand(Utf8(Demand[..^1] + ",\"a\":" + new string('[', 64) + new string(']', 64) + "}")).IsOk);

    [Fact]
    public void The_limits_hold()
    {
        var limits = new WireLimits { MaxAccepts = 1, MaxBodyLength = 4096 };
        var two = JsonNode.Parse(Demand)!;
        two["accepts"]!.AsArray().Add(two["accepts"]![0]!.DeepClone());

        Assert.True(WireCodec.ParseDemand(Utf8(Demand), limits).IsOk);
        Assert.True(WireCodec.ParseDemand(Utf8(two.ToJsonString())).IsOk);
        Assert.False(WireCodec.ParseDemand(Utf8(two.ToJsonString()), limits).IsOk);
        Assert.True(WireCodec.ParseDemand(Utf8(Demand.PadRight(4096)), limits).IsOk);
        Assert.False(WireCodec.ParseDemand(Utf8(Demand.PadRight(4097)), limits).IsOk);
    }

    [Fact]
    public void Limits_out_of_range_are_all_named() =>
        Assert.Equal(3, new WireLimits { MaxAccepts = 0, MaxBodyLength = 1, MaxHeaderLength = 65537 }.Validate().Count);

    [Fact]
    public void The_defaults_can_be_used() => Assert.Empty(new WireLimits().Validate());

    [Theory]
    [InlineData("", false)]
    [InlineData("e30=", true)]
    [InlineData("e30", false)]
    [InlineData("e3 0=", false)]
    [InlineData("e30=    ", false)]
    [InlineData(" e3\n0 = ", false)]
    [InlineData("e30=\n", false)]
    [InlineData("e30-", false)]
    [InlineData("e30_", false)]
    [InlineData("=e30", false)]
    [InlineData("e===", false)]
    public void Base64_is_standard_padded_and_without_white_space(string text, bool right) =>
        Assert.Equal(right, PaymentHeaders.TryDecode(text, 16384, out _));

    [Fact]
    public void A_header_has_a_longest_length()
    {
        Assert.True(PaymentHeaders.TryDecode(new string('A', 2048), 2048, out var json));
        Assert.Equal(1536, json.Length);
        Assert.False(PaymentHeaders.TryDecode(new string('A', 2052), 2048, out _));
        Assert.False(WireCodec.ParsePaymentHeader(new string('A', 16388)).IsOk);
    }

    [Fact]
    public void What_a_facilitator_supports_goes_both_ways()
    {
        var kinds = WireCodec.ParseSupported(Utf8(Kinds)).Value!;

        Assert.True(kinds.Has(2, "exact", "eip155:1"));
        Assert.False(kinds.Has(1, "exact", "eip155:1"));
        Assert.Equal(["0x1"], kinds.Signers["eip155:*"]);
        Assert.Equal(Kinds, Encoding.UTF8.GetString(WireCodec.Write(kinds)));
    }

    [Fact]
    public void The_catalogue_goes_both_ways()
    {
        var page = WireCodec.ParseDiscovery(Utf8(Page)).Value!;

        Assert.Equal(Page, Encoding.UTF8.GetString(WireCodec.Write(page)));
        Assert.Equal(page.Items[0].LastUpdated, WireCodec.ParseDiscovery(Utf8(Page.Replace("\"2026-01-02T03:04:05.000Z\"", "1767323045", StringComparison.Ordinal))).Value!.Items[0].LastUpdated);
        Assert.False(WireCodec.ParseDiscovery(Utf8(Page.Replace("\"2026-01-02T03:04:05.000Z\"", "true", StringComparison.Ordinal))).IsOk);
        Assert.False(WireCodec.ParseDiscovery(Utf8(Page.Replace("\"lastUpdated\":\"2026-01-02T03:04:05.000Z\",", "", StringComparison.Ordinal))).IsOk);
    }

    [Fact]
    public void A_call_of_two_versions_is_refused()
    {
        var payment = WireCodec.ParsePaymentHeader(Vectors.SignatureHeader).Value!;
        var call = Encoding.UTF8.GetString(WireCodec.Write(new FacilitatorCall { Payment = payment, Requirement = payment.Accepted! }));

        Assert.True(WireCodec.ParseCall(Utf8(call)).IsOk);
        Assert.False(WireCodec.ParseCall(Utf8("{\"x402Version\":1" + call["{\"x402Version\":2".Length..])).IsOk);
    }

    [Fact]
    public void A_call_of_version_1_goes_both_ways()
    {
        var payment = WireCodec.ParsePaymentHeader(Vectors.V1Header).Value!;
        var demand = WireCodec.ParseDemand(Utf8(V1Demand)).Value!;

        var call = WireCodec.Write(new FacilitatorCall { Payment = payment, Requirement = demand.Accepts[0], Resource = demand.Resource });

        var read = WireCodec.ParseCall(call).Value!;
        Assert.Equal((1, "eip155:8453", "u"), (read.Payment.Version, read.Requirement.Network, read.Resource!.Url));
        Assert.Equal("base", JsonDocument.Parse(call).RootElement.GetProperty("paymentRequirements").GetProperty("network").GetString());
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Change(string json, string path, JsonNode? value)
    {
        var root = JsonNode.Parse(json)!;
        var parts = path.Split('.');
        var parent = parts[..^1].Aggregate(root, (node, part) => (int.TryParse(part, out var index) ? node[index] : node[part])!);
        if (value is null)
            parent.AsObject().Remove(parts[^1]);
        else
            parent[parts[^1]] = value.DeepClone();
        return root.ToJsonString();
    }
}
