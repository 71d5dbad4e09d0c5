using System.Text;
using System.Text.Json.Nodes;
using Betar.Interop.Tests.Partner;
using Betar.Node.Demo;
using Betar.Storage.Ledger;

namespace Betar.Node.Tests.Interop;

/// <summary>A js-libp2p buyer with viem at our node, honest and otherwise.</summary>
[Collection(TradeCollection.Name)]
public sealed class JsBuyerTests(TradeWorld world)
{
    private const string Question = "6 * 7";
    private const string Stranger = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1";

    /// <summary>What is changed, and what it is called by who refuses it.</summary>
    public static TheoryData<string, string, int, string> Tamperings => new()
    {
        { "amount, signed", """{"signed":{"value":"2499"}}""", 2005, "value_mismatch" },
        { "amount above the price, signed", """{"signed":{"value":"2501"}}""", 2005, "value_mismatch" },
        { "amount", """{"sent":{"value":"1"}}""", 2005, "value_mismatch" },
        { "payee, signed", $$$"""{"signed":{"to":"{{{Stranger}}}"}}""", 2001, "recipient_mismatch" },
        { "payee", $$$"""{"sent":{"to":"{{{Stranger}}}"}}""", 2001, "recipient_mismatch" },
        { "nonce, signed", """{"signed":{"nonce":"0x0101010101010101010101010101010101010101010101010101010101010101"}}""", 2002, "nonce_mismatch" },
        { "the seller's nonce", """{"envelope":{"server_nonce":"0101010101010101010101010101010101010101010101010101010101010101"}}""", 2002, "mismatch" },
        { "nonce of the buyer's own choice", """{"envelope":{"server_nonce":"preemptive"}}""", 2001, "first_use" },
        { "validity over, signed", """{"signed":{"validBefore":"1700000000"}}""", 2001, "valid_before" },
        { "validity not begun, signed", """{"signed":{"validAfter":"4000000000","validBefore":"4000000060"}}""", 2001, "valid_after" },
        { "validity of decades, signed", """{"signed":{"validBefore":"4000000000"}}""", 2001, "window_too_long" },
        { "validity", """{"sent":{"validAfter":"1"}}""", 2001, "signature" },
        { "signature", """{"signature":"changed"}""", 2001, "signature" },
        { "payer", $$$"""{"envelope":{"payer":"{{{Stranger}}}"}}""", 2001, "payer_mismatch" },
        { "network", """{"envelope":{"network":"eip155:8453"}}""", 2001, "network_mismatch" },
        { "network, signed", """{"domain":{"chainId":8453}}""", 2001, "signature" },
        { "token, signed", $$$"""{"domain":{"verifyingContract":"{{{Stranger}}}"}}""", 2001, "signature" },
        { "scheme", """{"envelope":{"scheme":"upto"}}""", 2001, "scheme" },
        { "task", """{"input":"2 ^ 4000"}""", 2002, "challenge_mismatch" },
    };

    [Fact]
    public async Task Buys_once_and_the_same_payment_shown_again_gets_the_same_answer()
    {
        await using JsCustomer customer = await world.CustomerAsync();
        JsonObject math = await customer.ListedAsync(DemoAgents.Math);
        long money = await world.BalanceAsync(customer.Account);
        (string frame, JsonObject payment) = await customer.SignAsync(math, Question);

        (string type, JsonObject message) = await customer.ShowAsync(frame);
        (_, JsonObject again) = await customer.ShowAsync(frame);

        Assert.Equal("x402.response", type);
        Assert.Equal("""{"output":"42"}""", Encoding.UTF8.GetString(Convert.FromBase64String(message.Text("body"))));
        Assert.StartsWith("0x", message.Text("tx_hash"), StringComparison.Ordinal);
        Assert.Equal(message.ToJsonString(), again.ToJsonString());
        Assert.Equal([LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.Delivered], await world.EntriesAsync(payment));
        Assert.Equal(money - 2_500, await world.BalanceAsync(customer.Account));
    }

    [Fact]
    public async Task Work_that_cannot_be_done_is_paid_back()
    {
        await using JsCustomer customer = await world.CustomerAsync();
        long money = await world.BalanceAsync(customer.Account);
        (string frame, JsonObject payment) = await customer.SignAsync(await customer.ListedAsync(DemoAgents.Math), "1 / 0");

        (_, JsonObject error) = await customer.ShowAsync(frame);

        Assert.Equal((3000, "EXECUTION_FAILED"), (error.Int("error_code"), error.Text("error_name")));
        Assert.Equal(LedgerKind.Refunded, (await world.EntriesAsync(payment))[^1]);
        Assert.Equal(money, await world.BalanceAsync(customer.Account));
    }

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task What_was_tampered_with_buys_nothing_and_costs_nothing(string what, string otherwise, int code, string reason)
    {
        await using JsCustomer customer = await world.CustomerAsync();
        long money = await world.BalanceAsync(customer.Account);
        (string frame, JsonObject payment) = await customer.SignAsync(
            await customer.ListedAsync(DemoAgents.Math), Question, JsonNode.Parse(otherwise)!.AsObject());

        (string type, JsonObject error) = await customer.ShowAsync(frame);

        Assert.Equal((what, "x402.error", code), (what, type, error.Int("error_code")));
        Assert.Contains(reason, error.Text("message"), StringComparison.Ordinal);
        Assert.Empty(await world.EntriesAsync(payment));
        Assert.Equal(money, await world.BalanceAsync(customer.Account));
    }

    [Fact]
    public async Task Another_peer_that_saw_the_payment_gets_nothing_for_it()
    {
        await using JsCustomer customer = await world.CustomerAsync();
        await using JsCustomer thief = await world.CustomerAsync(0);
        (string frame, JsonObject payment) = await customer.SignAsync(await customer.ListedAsync(DemoAgents.Math), Question);

        (string before, JsonObject error) = await thief.ShowAsync(frame);
        Assert.Equal(("x402.error", 2002), (before, error.Int("error_code")));
        Assert.Empty(await world.EntriesAsync(payment));
        Assert.Equal("x402.response", (await customer.ShowAsync(frame)).Type);

        (string after, _) = await thief.ShowAsync(frame);
        Assert.Equal("x402.error", after);
    }

    [Fact]
    public async Task A_buyer_without_the_money_gets_no_work()
    {
        await using JsCustomer customer = await world.CustomerAsync(0);
        (string frame, JsonObject payment) = await customer.SignAsync(await customer.ListedAsync(DemoAgents.Math), Question);

        (string type, JsonObject error) = await customer.ShowOnceAsync(frame);

        Assert.Equal(("x402.error", 2007), (type, error.Int("error_code")));
        Assert.DoesNotContain(LedgerKind.Settled, await world.EntriesAsync(payment));
    }

    [Fact]
    public async Task A_slow_peer_holds_up_nobody_and_is_answered_once_it_has_said_all()
    {
        await using JsCustomer slow = await world.CustomerAsync();
        await using JsCustomer quick = await world.CustomerAsync();
        JsonObject math = await slow.ListedAsync(DemoAgents.Math);
        (string frame, JsonObject payment) = await slow.SignAsync(math, Question);
        PartnerStream stream = await slow.OpenAsync();
        await stream.SendAsync(Convert.FromHexString(frame[..200]));

        (string other, _) = await quick.SignAsync(math, "1 + 1");
        Assert.Equal("x402.response", (await quick.ShowAsync(other)).Type);

        await stream.SendAsync(Convert.FromHexString(frame[200..]));
        Assert.Equal([0, 13, .. "x402.response"u8], await stream.ReadAsync(15));
        Assert.Equal(LedgerKind.Delivered, (await world.EntriesAsync(payment))[^1]);
    }

    [Theory]
    [InlineData("half a header", "000c78343032")]
    [InlineData("a type of no length", "000000000000")]
    [InlineData("a type that is too long", "00817832")]
    [InlineData("more data than is allowed", "000c783430322e72657175657374ffffffff")]
    public async Task What_is_no_frame_ends_the_stream_without_an_answer(string what, string hex)
    {
        await using JsCustomer customer = await world.CustomerAsync(0);
        PartnerStream stream = await customer.OpenAsync();
        await stream.SendAsync(Convert.FromHexString(hex));

        Assert.Equal((what, 0), (what, await stream.UnreadAsync()));
        Assert.Equal("x402.payment_required", (await customer.QuoteAsync((await customer.ListedAsync(DemoAgents.Math)).Text("id"), Question, "after")).Text("type"));
    }

    [Fact]
    public async Task A_frame_of_a_type_that_nobody_knows_gets_the_originals_words()
    {
        await using JsCustomer customer = await world.CustomerAsync(0);
        PartnerStream stream = await customer.OpenAsync();
        await stream.SendAsync([0, 1, (byte)'x', 0, 0, 0, 2, .. "{}"u8]);

        byte[] answer = await stream.ReadAllAsync();

        Assert.Equal(
            """{"version":"1.0","correlation_id":"","error_code":1000,"error_name":"INVALID_MESSAGE","message":"unknown message type: x","retryable":false}""",
            Encoding.UTF8.GetString(answer[16..]));
    }
}
