using System.Text;
using Betar.X402.Protocol;

namespace Betar.X402.Tests.Protocol;

/// <summary>Where the original's decoder has habits of its own, and what we make of them.</summary>
public class OriginalsHabitsTests
{
    [Theory]
    [InlineData("1775000300.0")]
    [InlineData("1.775e9")]
    [InlineData("\"1775000300\"")]
    [InlineData("true")]
    [InlineData("18446744073709551615")]
    public void Integers_are_written_as_integers(string number) =>
        Assert.False(MessageCodec.ParsePaymentRequired(Encoding.UTF8.GetBytes($$"""{"challenge_expires_at":{{number}}}""")).IsOk);

    [Theory]
    [InlineData("-1", -1)]
    [InlineData("0", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("null", 0)]
    public void Integers_of_64_bits_are_read(string number, long expected) =>
        Assert.Equal(
            expected,
            MessageCodec.ParsePaymentRequired(Encoding.UTF8.GetBytes($$"""{"challenge_expires_at":{{number}}}""")).Value!.ChallengeExpiresAt);

    // Two objects of one name: the last one counts, whole. Members of the first do not shine through.
    [Fact]
    public void The_last_of_two_payments_counts_whole()
    {
        var paid = MessageCodec.ParsePaidRequest("""{"payment":{"payer":"a","scheme":"exact"},"payment":{"payer":"b"}}"""u8).Value!;
        Assert.Equal("b", paid.Payment!.Payer);
        Assert.Equal("", paid.Payment.Scheme);
        Assert.Null(MessageCodec.ParsePaidRequest("""{"payment":{"payer":"a"},"payment":null}"""u8).Value!.Payment);
    }

    [Fact]
    public void Version_and_method_are_not_checked()
    {
        Assert.True(MessageCodec.ParseRequest("""{"version":"9.9","method":"dance"}"""u8).IsOk);
        Assert.True(MessageCodec.ParseRequest("""{"version":{"a":1}}"""u8).IsOk);
    }

    [Fact]
    public void A_correlation_id_may_be_empty_or_odd()
    {
        Assert.Equal("", MessageCodec.ParseRequest("""{"correlation_id":""}"""u8).Value!.CorrelationId);
        Assert.Equal("\n<b>", MessageCodec.ParseRequest("""{"correlation_id":"\n<b>"}"""u8).Value!.CorrelationId);
    }

    [Fact]
    public void An_empty_body_is_empty_and_padding_is_needed()
    {
        Assert.True(MessageCodec.ParseRequest("""{"body":""}"""u8).Value!.Body.IsEmpty);
        Assert.Equal("four"u8.ToArray(), MessageCodec.ParseRequest("""{"body":"Zm91cg=="}"""u8).Value!.Body.ToArray());
        Assert.False(MessageCodec.ParseRequest("""{"body":"Zm91cg"}"""u8).IsOk);
    }

    [Theory]
    [InlineData(MessageTypes.Response, typeof(X402Response))]
    [InlineData(MessageTypes.PaymentRequired, typeof(PaymentRequired))]
    [InlineData(MessageTypes.Error, typeof(X402Error))]
    public void Replies_go_by_the_frames_type(string type, Type reply)
    {
        var parsed = MessageCodec.ParseReply(type, """{"correlation_id":"c"}"""u8);
        Assert.IsType(reply, parsed.Value);
        Assert.Equal("c", parsed.Value.CorrelationId);
        Assert.Equal(type, MessageCodec.TypeOf(parsed.Value));
        Assert.Equal("c", MessageCodec.ParseReply(type, MessageCodec.Write(parsed.Value)).Value!.CorrelationId);
    }

    [Fact]
    public void A_refusal_of_a_reply_keeps_its_sentence()
    {
        var parsed = MessageCodec.ParseReply(MessageTypes.Response, "{\"body\":1}"u8);
        Assert.False(parsed.IsOk);
        Assert.Equal(MessageCodec.ParseResponse("{\"body\":1}"u8).Fault, parsed.Fault);
    }
}
