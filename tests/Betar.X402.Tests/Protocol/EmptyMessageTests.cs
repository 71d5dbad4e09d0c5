using Betar.X402.Protocol;

namespace Betar.X402.Tests.Protocol;

/// <summary>What a message does not say is empty, whether it was made here or read.</summary>
public sealed class EmptyMessageTests
{
    private static readonly Dictionary<string, object> Made = new()
    {
        ["request"] = new X402Request(), ["paid request"] = new PaidRequest(), ["quote"] = new PaymentRequired(), ["response"] = new X402Response(),
        ["error"] = new X402Error(), ["envelope"] = new PaymentEnvelope(), ["payload"] = new ExactPayload(), ["authorization"] = new Authorization(),
        ["requirements"] = new PaymentRequirements(),
    };

    private static readonly Dictionary<string, object> Read = new()
    {
        ["request"] = MessageCodec.ParseRequest("{}"u8).Value!,
        ["paid request"] = MessageCodec.ParsePaidRequest("{}"u8).Value!,
        ["quote"] = MessageCodec.ParsePaymentRequired("{}"u8).Value!,
        ["response"] = MessageCodec.ParseResponse("{}"u8).Value!,
        ["error"] = MessageCodec.ParseError("{}"u8).Value!,
        ["task"] = TaskBody.Parse("{}"u8).Value!,
        ["envelope"] = MessageCodec.ParsePaidRequest("""{"payment":{}}"""u8).Value!.Payment!,
        ["payload"] = MessageCodec.ParsePaidRequest("""{"payment":{"payload":{}}}"""u8).Value!.Payment!.Payload!,
        ["authorization"] = MessageCodec.ParsePaidRequest("""{"payment":{"payload":{"authorization":{}}}}"""u8).Value!.Payment!.Payload!.Authorization!,
        ["requirements"] = MessageCodec.ParsePaymentRequired("""{"payment_requirements":{}}"""u8).Value!.Requirements!,
        ["extra"] = MessageCodec.ParsePaymentRequired("""{"payment_requirements":{"extra":{}}}"""u8).Value!.Requirements!.Extra!,
    };

    [Fact]
    public void Made_here_a_message_says_what_is_usual_and_nothing_else() => Assert.Equal(
        ["envelope.Scheme=exact", "quote.Message=Payment required", "request.Method=execute", "requirements.Scheme=exact"],
        Said(Made));

    [Fact]
    public void Read_a_message_says_nothing_that_was_not_sent() => Assert.Empty(Said(Read));

    private static IEnumerable<string> Said(Dictionary<string, object> messages) =>
        from message in messages
        from property in message.Value.GetType().GetProperties()
        where property.PropertyType == typeof(string) && property.GetIndexParameters().Length == 0
        let text = (string?)property.GetValue(message.Value)
        where !string.IsNullOrEmpty(text)
        orderby message.Key, property.Name
        select $"{message.Key}.{property.Name}={text}";
}
