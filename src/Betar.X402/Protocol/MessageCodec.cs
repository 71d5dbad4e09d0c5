using System.Buffers;
using System.Text.Json;
using Betar.X402.Protocol.Json;

namespace Betar.X402.Protocol;

/// <summary>
/// JSON of the five messages of the original, and of our piece. Reading is total: any bytes give a message or a refusal. Writing is byte-exact.
/// </summary>
public static class MessageCodec
{
    private const int UsualSize = 1024;

    public static Parsed<X402Request> ParseRequest(ReadOnlySpan<byte> json) => Parse(json, MessageReader.Request);

    public static Parsed<PaidRequest> ParsePaidRequest(ReadOnlySpan<byte> json) => Parse(json, MessageReader.PaidRequest);

    public static Parsed<PaymentRequired> ParsePaymentRequired(ReadOnlySpan<byte> json) => Parse(json, MessageReader.PaymentRequired);

    public static Parsed<X402Response> ParseResponse(ReadOnlySpan<byte> json) => Parse(json, MessageReader.Response);

    public static Parsed<X402Error> ParseError(ReadOnlySpan<byte> json) => Parse(json, MessageReader.Error);

    public static Parsed<X402Piece> ParsePiece(ReadOnlySpan<byte> json) => Parse(json, MessageReader.Piece);

    /// <summary>The reply that a frame of this type carries.</summary>
    public static Parsed<X402Reply> ParseReply(string messageType, ReadOnlySpan<byte> json) => messageType switch
    {
        MessageTypes.PaymentRequired => AsReply(ParsePaymentRequired(json)),
        MessageTypes.Response => AsReply(ParseResponse(json)),
        MessageTypes.Error => AsReply(ParseError(json)),
        _ => Parsed<X402Reply>.Refused("The answer has an unknown type."),
    };

    public static byte[] Write(X402Request message) => Write(message, MessageWriter.Write);

    public static byte[] Write(PaidRequest message) => Write(message, MessageWriter.Write);

    public static byte[] Write(X402Piece message) => Write(message, MessageWriter.Write);

    public static byte[] Write(X402Reply message) => message switch
    {
        PaymentRequired required => Write(required, MessageWriter.Write),
        X402Response response => Write(response, MessageWriter.Write),
        X402Error error => Write(error, MessageWriter.Write),
        _ => throw new ArgumentException("Not a reply of this protocol.", nameof(message)),
    };

    public static string TypeOf(X402Reply message) => message switch
    {
        PaymentRequired => MessageTypes.PaymentRequired,
        X402Response => MessageTypes.Response,
        X402Error => MessageTypes.Error,
        _ => throw new ArgumentException("Not a reply of this protocol.", nameof(message)),
    };

    private delegate void Writer<T>(ref WireWriter writer, T message);

    private static byte[] Write<T>(T message, Writer<T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(UsualSize);
        var writer = new WireWriter(buffer);
        write(ref writer, message);
        return buffer.WrittenSpan.ToArray();
    }

    private static Parsed<T> Parse<T>(ReadOnlySpan<byte> json, MessageReader.Read<T> read)
        where T : class
    {
        try
        {
            var reader = new WireReader(json);
            reader.Begin();
            var message = read(ref reader);
            reader.End();
            return Parsed<T>.Ok(message);
        }
        catch (MalformedMessageException malformed)
        {
            return Parsed<T>.Refused(malformed.Message);
        }
        catch (JsonException)
        {
            return Parsed<T>.Refused("The message is not JSON.");
        }
        catch (InvalidOperationException)
        {
            // The framework's way to report strings that are not UTF-8 or hold half of a surrogate pair.
            return Parsed<T>.Refused("The message holds text that is not Unicode.");
        }
    }

    private static Parsed<X402Reply> AsReply<T>(Parsed<T> parsed)
        where T : X402Reply =>
        parsed.IsOk ? Parsed<X402Reply>.Ok(parsed.Value) : Parsed<X402Reply>.Refused(parsed.Fault);
}
