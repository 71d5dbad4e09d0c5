using System.Text;
using System.Text.Json;
using Betar.Node.Orders;
using Betar.Storage.Orders;
using Betar.Tests.Shared;

namespace Betar.Node.Tests.Orders;

/// <summary>The original's order messages: the same bytes out, and in only what is short, plain and of the right type.</summary>
public sealed class MarketOrderMessageTests
{
    private const string Good = """{"type":"new","orderId":"0b0f3d2e-1f1a-4d53-9f6e-000000000001","agentId":"did:key:z6MkA","buyerId":"12D3KooWB","sellerId":"12D3KooWS","price":0.001,"status":"pending","timestamp":1775000000}""";

    private static readonly MarketOrder s_order = new()
    {
        OrderId = "0b0f3d2e-1f1a-4d53-9f6e-000000000001", AgentId = "did:key:z6MkA", BuyerId = "12D3KooWB", SellerId = "12D3KooWS",
        Price = 1_000, Timestamp = DateTimeOffset.FromUnixTimeSeconds(1_775_000_000),
    };

    [Fact]
    public void A_message_has_the_originals_bytes() => Assert.Equal(Good, Encoding.UTF8.GetString(MarketOrderMessage.Write(s_order, "new")));

    [Fact]
    public void An_answer_has_the_originals_bytes()
    {
        Assert.Equal("""{"order":{"orderId":"0b0f3d2e-1f1a-4d53-9f6e-000000000001","agentId":"did:key:z6MkA","buyerId":"12D3KooWB","price":12,"status":"cancelled","timestamp":1775000000}}""",
            Encoding.UTF8.GetString(MarketOrderJson.Answer(s_order with { SellerId = "", Price = 12_000_000, Status = MarketOrderStatus.Cancelled })));
        Assert.Equal("""{"error":"no such order"}""", Encoding.UTF8.GetString(MarketOrderJson.Error("no such order")));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        MarketOrderMessage read = MarketOrderMessage.TryParse(MarketOrderMessage.Write(s_order, "new"))!;
        Assert.Equal(("new", s_order.OrderId, s_order.AgentId, s_order.BuyerId, s_order.SellerId, s_order.Price, "pending"),
            (read.Type, read.OrderId, read.AgentId, read.BuyerId, read.SellerId, read.Price, read.Status));
    }

    [Theory]
    [InlineData("{}", "", "0")]
    [InlineData("""{"orderId":null,"price":null}""", "", "0")]
    [InlineData("""{"orderId":"a","price":0,"more":{"x":[1]}}""", "a", "0")]
    [InlineData("""{"orderId":"a","price":1.5}""", "a", "1500000")]
    [InlineData("""{"orderId":"a","price":-1}""", "a", null)]
    [InlineData("""{"orderId":"a","price":1e-7}""", "a", null)]
    [InlineData("""{"orderId":"a","price":0.0000001}""", "a", null)]
    [InlineData("""{"orderId":"a","price":"1"}""", "a", null)]
    [InlineData("""{"orderId":"a","price":111111111111111111111111111111111}""", "a", null)]
    public void What_is_absent_is_empty_and_a_price_that_nobody_can_pay_is_none(string json, string id, string? price)
    {
        MarketOrderMessage read = MarketOrderMessage.TryParse(Encoding.UTF8.GetBytes(json))!;
        Assert.Equal((id, price), (read.OrderId, read.Price?.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"new\"")]
    [InlineData("{\"orderId\":1}")]
    [InlineData("{\"orderId\":\"a b\"}")]
    [InlineData("{\"orderId\":\"a\\u202e\"}")]
    [InlineData("{\"orderId\":\"a\\n\"}")]
    [InlineData("{\"agentId\":\"<script>\"}")]
    [InlineData("{\"status\":{}}")]
    [InlineData("{\"orderId\":\"a\"}{}")]
    [InlineData("{\"a\":[[[[[1]]]]]}")]
    [InlineData("{\"orderId\":\"a\"")]
    [InlineData("{\"orderId\":\"\\ud800\"}")]
    public void What_is_no_message_is_none(string json) => Assert.Null(MarketOrderMessage.TryParse(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("orderId", 64)]
    [InlineData("agentId", 256)]
    [InlineData("buyerId", 256)]
    [InlineData("sellerId", 256)]
    [InlineData("status", 256)]
    [InlineData("type", 256)]
    public void A_field_is_so_long_and_no_longer(string field, int most)
    {
        Assert.NotNull(MarketOrderMessage.TryParse(Encoding.UTF8.GetBytes($$"""{"{{field}}":"{{new string('x', most)}}"}""")));
        Assert.Null(MarketOrderMessage.TryParse(Encoding.UTF8.GetBytes($$"""{"{{field}}":"{{new string('x', most + 1)}}"}""")));
    }

    [Fact]
    public void A_message_is_so_large_and_no_larger()
    {
        string Padded(int bytes) => "{\"x\":\"" + new string('x', bytes - 8) + "\"}";
        Assert.NotNull(MarketOrderMessage.TryParse(Encoding.UTF8.GetBytes(Padded(MarketOrderMessage.MaxBytes))));
        Assert.Null(MarketOrderMessage.TryParse(Encoding.UTF8.GetBytes(Padded(MarketOrderMessage.MaxBytes + 1))));
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(TestSeed.Value);
        byte[] good = Encoding.UTF8.GetBytes(Good);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. good];
            for (int edits = random.Next(1, 6); edits > 0; edits--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            byte[] cut = bytes[..random.Next(bytes.Length + 1)];
            Exception? thrown = Record.Exception(() => MarketOrderMessage.TryParse(cut));
            Assert.True(thrown is null, $"seed {TestSeed.Value}, round {round}: {Convert.ToHexString(cut)}: {thrown}");
        }
    }

    [Theory]
    [InlineData("{\"order\":ORDER}", true)]
    [InlineData("{\"order\":ORDER,\"more\":1}", true)]
    [InlineData("{\"error\":\"\\u202eno\"}", false)]
    [InlineData("unknown message type: order.create", false)]
    [InlineData("{}", false)]
    [InlineData("[]", false)]
    [InlineData("{\"order\":null}", false)]
    [InlineData("{\"order\":{\"orderId\":\"\\udc00\"}}", false)]
    [InlineData("", false)]
    public void Only_the_order_itself_is_an_agreement(string answer, bool agreed)
    {
        string order = Encoding.UTF8.GetString(MarketOrderJson.Answer(s_order))[9..^1];
        var judged = MarketOrderCalls.Judge(Encoding.UTF8.GetBytes(answer.Replace("ORDER", order, StringComparison.Ordinal)), s_order);
        Assert.Equal(agreed, judged.IsOk);
        if (!agreed)
            Assert.Equal(answer.Contains("error", StringComparison.Ordinal) ? "BTR-4005" : "BTR-4031", judged.Refusal!.Error.Code);
    }

    [Theory]
    [InlineData("orderId")]
    [InlineData("agentId")]
    [InlineData("buyerId")]
    [InlineData("sellerId")]
    [InlineData("price")]
    [InlineData("status")]
    public void An_answer_that_changes_one_field_is_no_agreement(string field)
    {
        MarketOrder changed = field switch
        {
            "orderId" => s_order with { OrderId = "other" },
            "agentId" => s_order with { AgentId = "did:key:zOther" },
            "buyerId" => s_order with { BuyerId = "12D3KooWX" },
            "sellerId" => s_order with { SellerId = "12D3KooWX" },
            "price" => s_order with { Price = 999_999 },
            _ => s_order with { Status = MarketOrderStatus.Completed },
        };
        Assert.Equal("BTR-4031", MarketOrderCalls.Judge(MarketOrderJson.Answer(changed), s_order).Refusal?.Error.Code);
    }
}
