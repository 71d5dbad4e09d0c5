using System.Buffers.Binary;
using System.Text;
using Betar.X402.Framing;

namespace Betar.Fuzz.Targets;

/// <summary>The frames of the paid protocol, read from a stream that is all there, against slices of the bytes.</summary>
internal sealed class FrameTarget : IFuzzTarget
{
    private static readonly FrameLimits Limits = new();

    public string Name => "x402-frame";

    public long MemoryBound(int length) => (256 * 1024) + (64L * length);

    public bool Take(byte[] input)
    {
        var result = new FrameReader(new MemoryStream(input), Limits, TimeProvider.System).ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var expected = Slow(input);
        FuzzException.Unless(result.Status == FrameReadStatus.Complete == (expected is not null), $"{result.Status}, the oracle: {expected?.Type}");
        if (expected is not { } frame)
            return false;
        FuzzException.Unless(result.Frame!.Type == frame.Type && result.Frame.Data.Span.SequenceEqual(frame.Data), "another frame than the oracle's");
        return true;
    }

    private static (string Type, byte[] Data)? Slow(byte[] input)
    {
        if (input.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(input) is var type && (type is 0 or > FrameCodec.MaxTypeLength || input.Length < 2 + type + 4))
            return null;
        var typeLength = BinaryPrimitives.ReadUInt16BigEndian(input);
        long length = BinaryPrimitives.ReadUInt32BigEndian(input.AsSpan(2 + typeLength));
        bool isPiece = input.AsSpan(2, typeLength).SequenceEqual("x402.piece"u8);
        if (length > (isPiece ? Limits.MaxPieceLength : Limits.MaxDataLength) || input.Length < 6 + typeLength + length)
            return null;
        try
        {
            return (new UTF8Encoding(false, true).GetString(input, 2, typeLength), input[(6 + typeLength)..(6 + typeLength + (int)length)]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
