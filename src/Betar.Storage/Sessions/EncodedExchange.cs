using System.Globalization;
using System.Text.Json;

namespace Betar.Storage.Sessions;

/// <summary>An exchange as it will be written, made before the writer's thread sees it.</summary>
internal sealed class EncodedExchange
{
    public EncodedExchange(SessionExchange exchange, SessionLogOptions options)
    {
        (AgentId, CallerId, Once, IsPaid, At) = (exchange.AgentId, exchange.CallerId, exchange.Once, exchange.Payment is not null, exchange.At);
        Body = JsonSerializer.SerializeToUtf8Bytes(
            new ExchangeBody
            {
                RequestId = Cut(exchange.RequestId, options.MaxTextLength),
                Input = Cut(exchange.Input, options.MaxTextLength),
                Output = Cut(exchange.Output, options.MaxTextLength),
                Error = Cut(exchange.Error, options.MaxTextLength),
                Claimed = Cut(exchange.ClaimedCaller, options.MaxTextLength),
                Payment = exchange.Payment,
                Usage = exchange.Usage,
            },
            SessionJson.Default.ExchangeBody);
    }

    public string AgentId { get; }

    public string CallerId { get; }

    public string Once { get; }

    public bool IsPaid { get; }

    public DateTimeOffset? At { get; }

    public byte[] Body { get; }

    public static RecordedExchange Decode(string agentId, string callerId, long sequence, DateTimeOffset at, ReadOnlySpan<byte> bytes)
    {
        ExchangeBody body = JsonSerializer.Deserialize(bytes, SessionJson.Default.ExchangeBody)
            ?? throw new InvalidDataException($"Exchange {sequence} of the session log is empty.");
        return new RecordedExchange(sequence, at, new SessionExchange
        {
            AgentId = agentId,
            CallerId = callerId,
            ClaimedCaller = body.Claimed,
            RequestId = body.RequestId,
            Input = body.Input,
            Output = body.Output,
            Error = body.Error,
            Payment = body.Payment,
            Usage = body.Usage,
        });
    }

    /// <summary>Says how much there was, so that nobody takes the cut text for all of it.</summary>
    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        int end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}… ({text.Length} characters)");
    }
}
