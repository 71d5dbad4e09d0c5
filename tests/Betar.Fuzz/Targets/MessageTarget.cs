using Betar.X402.Protocol;

namespace Betar.Fuzz.Targets;

/// <summary>The messages inside of the frames: every kind reads every input.</summary>
internal sealed class MessageTarget : IFuzzTarget
{
    public string Name => "x402-message";

    public long MemoryBound(int length) => (1024 * 1024) + (512L * length);

    public bool Take(byte[] input)
    {
        var request = MessageCodec.ParseRequest(input).Value is not null;
        var paid = MessageCodec.ParsePaidRequest(input).Value is not null;
        var required = MessageCodec.ParsePaymentRequired(input).Value is not null;
        var response = MessageCodec.ParseResponse(input).Value is not null;
        var error = MessageCodec.ParseError(input).Value is not null;
        var piece = MessageCodec.ParsePiece(input).Value;
        FuzzException.Unless(piece is null || MessageCodec.ParsePiece(MessageCodec.Write(piece)).Value == piece, "a piece that is not the same when it is written and read");
        var body = TaskBody.Parse(input).Value is not null;
        OutputBody.Decode(input);
        return request || paid || required || response || error || piece is not null || body;
    }
}
