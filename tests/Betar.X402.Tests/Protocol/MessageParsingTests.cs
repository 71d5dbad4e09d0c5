using System.Text;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Protocol;

public class MessageParsingTests
{
    [Theory]
    [InlineData("""{"CORRELATION_ID":"c","Resource":"r","BODY":"AA==","Caller_Did":"d"}""")]
    [InlineData("""{"correlation_Id":"c","rEsOuRcE":"r","Body":"AA==","cALLER_DID":"d"}""")]
    [InlineData("""{"\u0063orrelation_id":"c","resourc\u0065":"r","body":"AA==","caller_did":"d"}""")]
    public void Member_names_match_in_any_letter_case(string json)
    {
        var request = Parse(json).Value!;
        Assert.Equal("c", request.CorrelationId);
        Assert.Equal("r", request.Resource);
        Assert.Equal("d", request.CallerDid);
        Assert.Equal(new byte[] { 0 }, request.Body.ToArray());
    }

    [Theory]
    [InlineData("""{"correlation_id":"c","extra":1}""")]
    [InlineData("""{"extra":{"a":[1,2,{"b":null}],"correlation_id":"not this"},"correlation_id":"c"}""")]
    [InlineData("""{"extra":[[[]]],"correlation_id":"c","version":7}""")]
    [InlineData("""  {"correlation_id":"c"}  """)]
    public void Unknown_members_are_skipped(string json) => Assert.Equal("c", Parse(json).Value!.CorrelationId);

    [Fact]
    public void Null_and_missing_members_are_empty()
    {
        var request = Parse("""{"version":null,"correlation_id":null,"resource":null,"method":null,"payment":null,"body":null,"caller_did":null}""").Value!;
        Assert.Equal("", request.CorrelationId);
        Assert.Equal("", request.Resource);
        Assert.Equal("", request.Method);
        Assert.Null(request.Payment);
        Assert.True(request.Body.IsEmpty);

        var empty = Parse("{}").Value!;
        Assert.Equal("", empty.CorrelationId);
        Assert.Null(empty.Payment);
    }

    [Theory]
    [InlineData(10, "c")]
    [InlineData(11, "")]
    public void A_name_that_is_written_in_escapes_is_read_up_to_64_bytes(int escaped, string read)
    {
        var name = string.Concat("correlation_id".Select((letter, index) => index < escaped ? $"\\u{(int)letter:x4}" : $"{letter}"));
        Assert.Equal(read, Parse($$"""{"{{name}}":"c"}""").Value!.CorrelationId);
    }

    [Fact]
    public void The_last_of_two_members_of_one_name_counts() =>
        Assert.Equal("two", Parse("""{"correlation_id":"one","Correlation_ID":"two"}""").Value!.CorrelationId);

    [Fact]
    public void Nested_nulls_are_absent_objects()
    {
        var paid = MessageCodec.ParsePaidRequest("""{"payment":{"payload":{"signature":null,"authorization":null}}}"""u8).Value!;
        Assert.Null(paid.Payment!.Payload!.Authorization);
        Assert.Equal("", paid.Payment.Payload.Signature);
        Assert.Contains("\"payload\":{\"signature\":\"\",\"authorization\":null}", Encoding.UTF8.GetString(MessageCodec.Write(paid)), StringComparison.Ordinal);
        Assert.Null(MessageCodec.ParsePaidRequest("""{"payment":{"payload":null}}"""u8).Value!.Payment!.Payload);
        Assert.Null(MessageCodec.ParsePaymentRequired("""{"payment_requirements":{"extra":null}}"""u8).Value!.Requirements!.Extra);
        Assert.Null(MessageCodec.ParsePaymentRequired("""{"payment_requirements":null}"""u8).Value!.Requirements);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}}")]
    [InlineData("{} {}")]
    [InlineData("{},")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":1} // end")]
    [InlineData("{\"correlation_id\":1}")]
    [InlineData("{\"correlation_id\":true}")]
    [InlineData("{\"correlation_id\":{}}")]
    [InlineData("{\"correlation_id\":[\"c\"]}")]
    [InlineData("{\"payment\":\"x\"}")]
    [InlineData("{\"payment\":[]}")]
    [InlineData("{\"payment\":{\"payload\":7}}")]
    [InlineData("{\"payment\":{\"x402_version\":\"2\"}}")]
    [InlineData("{\"payment\":{\"x402_version\":2.5}}")]
    [InlineData("{\"payment\":{\"x402_version\":9223372036854775808}}")]
    [InlineData("{\"payment\":{\"payload\":{\"authorization\":{\"value\":1000}}}}")]
    [InlineData("{\"body\":7}")]
    [InlineData("{\"body\":\"A\"}")]
    [InlineData("{\"body\":\"AA\"}")]
    [InlineData("{\"body\":\"AA=\"}")]
    [InlineData("{\"body\":\"AA==A\"}")]
    [InlineData("{\"body\":\"_-8=\"}")]
    [InlineData("{\"body\":\"not base64!\"}")]
    [InlineData("{\"correlation_id\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    public void Malformed_messages_are_refused_with_a_sentence(string json)
    {
        var parsed = Parse(json);
        Assert.False(parsed.IsOk);
        Assert.Null(parsed.Value);
        Assert.EndsWith(".", parsed.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusals_do_not_repeat_foreign_text()
    {
        var parsed = Parse("""{"correlation_id":12345678}""");
        Assert.DoesNotContain("12345678", parsed.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        byte[] json = [.. "{\"correlation_id\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.False(MessageCodec.ParseRequest(json).IsOk);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(31, true)]
    [InlineData(33, false)]
    [InlineData(100_000, false)]
    public void Depth_is_bounded(int depth, bool accepted)
    {
        var json = "{\"x\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}";
        Assert.Equal(accepted, Parse(json).IsOk);
    }

    [Theory]
    [InlineData(MessageTypes.Request)]
    [InlineData(MessageTypes.PaidRequest)]
    [InlineData("x402.other")]
    [InlineData("")]
    public void Only_replies_are_replies(string type) => Assert.False(MessageCodec.ParseReply(type, "{}"u8).IsOk);

    [Fact]
    public void Error_codes_unknown_here_are_kept()
    {
        var error = MessageCodec.ParseError("""{"error_code":4711,"error_name":"ODD","retryable":true}"""u8).Value!;
        Assert.Equal(4711, error.ErrorCode);
        Assert.Equal("UNKNOWN_ERROR", StreamErrors.NameOf(error.Code));
        Assert.True(error.Retryable);
        Assert.Equal(0, (int)MessageCodec.ParseError("""{"error_code":-9223372036854775808}"""u8).Value!.Code);
    }

    [Fact]
    public void Text_is_escaped_as_the_original_does()
    {
        var json = MessageCodec.Write(X402Error.Create(
            StreamErrorCode.ExecutionFailed, "\"\\/<>&\b\f\n\r\t\u0000\u001f\u007fé€漢😀\u2028\u2029\u202a", "m"));
        Assert.Contains(
            "\"correlation_id\":\"\\\"\\\\/\\u003c\\u003e\\u0026\\b\\f\\n\\r\\t\\u0000\\u001f\u007fé€漢😀\\u2028\\u2029\u202a\"",
            Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }

    private static Parsed<X402Request> Parse(string json) => MessageCodec.ParseRequest(Encoding.UTF8.GetBytes(json));
}
