using System.Text;
using Betar.X402.Framing;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Protocol;

public class GoldenMessageTests
{
    private static readonly byte[] Body = Convert.FromBase64String(Golden.BodyBase64);

    [Fact]
    public void A_request_is_written_to_the_byte()
    {
        var json = MessageCodec.Write(new X402Request
        {
            CorrelationId = Golden.CorrelationId, Resource = Golden.AgentDid, Body = new TaskBody(Golden.Input, Golden.AgentDid).Write(),
            CallerDid = Golden.NodeDid,
        });
        AssertMessage(Golden.Request, 387, MessageTypes.Request, "000c783430322e7265717565737400000183", json);
    }

    [Fact]
    public void A_quote_is_written_to_the_byte()
    {
        var json = MessageCodec.Write(Quote());
        AssertMessage(Golden.PaymentRequired, 543, MessageTypes.PaymentRequired, "0015783430322e7061796d656e745f72657175697265640000021f", json);
    }

    [Fact]
    public void A_paid_request_is_written_to_the_byte()
    {
        var json = MessageCodec.Write(Paid());
        AssertMessage(Golden.PaidRequest, 913, MessageTypes.PaidRequest, "0011783430322e706169645f7265717565737400000391", json);
    }

    [Fact]
    public void The_error_for_an_unknown_type_is_written_to_the_byte()
    {
        var json = MessageCodec.Write(X402Error.Create(StreamErrorCode.InvalidMessage, "", "unknown message type: x"));
        AssertMessage(Golden.UnknownTypeError, 140, MessageTypes.Error, "000a783430322e6572726f720000008c", json);
    }

    [Fact]
    public void A_response_is_written_to_the_byte()
    {
        Assert.Equal("""{"output":"4"}""", Encoding.UTF8.GetString(OutputBody.Write("4")));
        var json = MessageCodec.Write(new X402Response
        {
            CorrelationId = "c", TxHash = "0xabc", Body = OutputBody.Write("4"), SellerDid = Golden.AgentDid, SellerTokenId = "42",
        });
        Assert.Equal(
            """{"version":"1.0","correlation_id":"c","payment_id":"","tx_hash":"0xabc","body":"eyJvdXRwdXQiOiI0In0=","seller_did":"did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV","seller_token_id":"42"}""",
            Encoding.UTF8.GetString(json));
    }

    [Fact]
    public void Empty_optional_members_are_left_out()
    {
        Assert.Equal(
            """{"version":"1.0","correlation_id":"","resource":"","method":"execute","payment":null,"body":""}""",
            Encoding.UTF8.GetString(MessageCodec.Write(new X402Request())));
        Assert.Equal(
            """{"version":"1.0","correlation_id":"","payment":null,"body":""}""",
            Encoding.UTF8.GetString(MessageCodec.Write(new PaidRequest())));
        Assert.Equal(
            """{"version":"1.0","correlation_id":"","payment_id":"","tx_hash":"","body":""}""",
            Encoding.UTF8.GetString(MessageCodec.Write(new X402Response())));
        Assert.Equal(
            """{"version":"1.0","correlation_id":"","challenge_nonce":"","challenge_expires_at":0,"payment_requirements":null,"message":"Payment required"}""",
            Encoding.UTF8.GetString(MessageCodec.Write(new PaymentRequired())));
        Assert.Equal(
            """{"version":"1.0","correlation_id":"","payment":{"x402_version":2,"scheme":"exact","network":"","server_nonce":"","payer":""},"body":""}""",
            Encoding.UTF8.GetString(MessageCodec.Write(new PaidRequest { Payment = new PaymentEnvelope() })));
    }

    [Fact]
    public void The_worked_messages_are_read_to_the_field()
    {
        var request = MessageCodec.ParseRequest(Golden.Utf8(Golden.Request)).Value!;
        Assert.Equal(Golden.CorrelationId, request.CorrelationId);
        Assert.Equal(Golden.AgentDid, request.Resource);
        Assert.Equal("execute", request.Method);
        Assert.Null(request.Payment);
        Assert.Equal(Golden.NodeDid, request.CallerDid);
        Assert.Equal(new TaskBody(Golden.Input, Golden.AgentDid), TaskBody.Parse(request.Body.Span).Value);

        Assert.Equal(Quote(), MessageCodec.ParsePaymentRequired(Golden.Utf8(Golden.PaymentRequired)).Value);

        var paid = MessageCodec.ParsePaidRequest(Golden.Utf8(Golden.PaidRequest)).Value!;
        Assert.Equal(Paid().Payment, paid.Payment);
        Assert.Equal(Body, paid.Body.ToArray());

        var error = MessageCodec.ParseError(Golden.Utf8(Golden.UnknownTypeError)).Value!;
        Assert.Equal(X402Error.Create(StreamErrorCode.InvalidMessage, "", "unknown message type: x"), error);
        Assert.Equal(StreamErrorCode.InvalidMessage, error.Code);
    }

    [Fact]
    public void What_is_read_is_written_back_to_the_byte()
    {
        Assert.Equal(Golden.Request, Encoding.UTF8.GetString(MessageCodec.Write(MessageCodec.ParseRequest(Golden.Utf8(Golden.Request)).Value!)));
        Assert.Equal(Golden.PaidRequest, Encoding.UTF8.GetString(MessageCodec.Write(MessageCodec.ParsePaidRequest(Golden.Utf8(Golden.PaidRequest)).Value!)));
        Assert.Equal(
            Golden.PaymentRequired,
            Encoding.UTF8.GetString(MessageCodec.Write(MessageCodec.ParseReply(MessageTypes.PaymentRequired, Golden.Utf8(Golden.PaymentRequired)).Value!)));
    }

    private static PaymentRequired Quote() => new()
    {
        CorrelationId = Golden.CorrelationId,
        ChallengeNonce = Golden.BareNonce,
        ChallengeExpiresAt = 1775000300,
        SellerDid = Golden.AgentDid,
        Requirements = new PaymentRequirements
        {
            Network = "eip155:84532", Amount = "1000", Asset = Golden.Usdc, PayTo = Golden.Seller, MaxTimeoutSeconds = 60,
            Extra = new PaymentExtra("USDC", "2"),
        },
    };

    private static PaidRequest Paid() => new()
    {
        CorrelationId = Golden.CorrelationId,
        Body = Body,
        CallerDid = Golden.NodeDid,
        Payment = new PaymentEnvelope
        {
            Network = "eip155:84532",
            ServerNonce = Golden.BareNonce,
            Payer = Golden.Buyer,
            Payload = new ExactPayload
            {
                Signature = Golden.Signature,
                Authorization = new Authorization
                {
                    From = Golden.Buyer, To = Golden.Seller, Value = "1000", ValidAfter = "1774999995", ValidBefore = "1775000060",
                    Nonce = "0x" + Golden.BareNonce,
                },
            },
        },
    };

    private static void AssertMessage(string expected, int length, string type, string frameStart, byte[] json)
    {
        Assert.Equal(expected, Encoding.UTF8.GetString(json));
        Assert.Equal(length, json.Length);
        var frame = FrameCodec.Encode(type, json);
        Assert.Equal(frameStart, Convert.ToHexStringLower(frame.AsSpan(0, frameStart.Length / 2)));
        Assert.Equal(json, frame[(frameStart.Length / 2)..]);
    }
}
