using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Libp2p.Identity;

/// <summary>
/// <c>PublicKey</c> and <c>PrivateKey</c> have the same shape: type, data. Peer ids are hashes of these bytes, so there is one spelling:
/// both fields, in order, nothing else.
/// </summary>
internal static class KeyMessage
{
    private const int TypeField = 1;
    private const int DataField = 2;

    public static byte[] Encode(KeyType type, ReadOnlySpan<byte> data)
    {
        // Exact, so that a private key leaves no copy behind in a buffer that grew.
        var bytes = new byte[Overhead(data.Length) + data.Length];
        bytes[0] = (TypeField << 3) | (int)WireType.Varint;
        bytes[1] = (byte)type;
        bytes[2] = (DataField << 3) | (int)WireType.Bytes;
        Varint.Write(bytes.AsSpan(3), (ulong)data.Length);
        data.CopyTo(bytes.AsSpan(Overhead(data.Length)));
        return bytes;
    }

    public static bool TryDecode(ReadOnlySpan<byte> message, out KeyType type, out ReadOnlySpan<byte> data)
    {
        type = default;
        data = default;
        var reader = new ProtoReader(message);
        if (!reader.TryReadTag(out var field, out var wire) || field != TypeField || wire != WireType.Varint || !reader.TryReadVarint(out var number)
            || !reader.TryReadTag(out field, out wire) || field != DataField || wire != WireType.Bytes || !reader.TryReadBytes(out data)
            || !reader.End || number > (ulong)KeyType.Ecdsa || message.Length != Overhead(data.Length) + data.Length)
        {
            data = default;
            return false;
        }

        type = (KeyType)number;
        return true;
    }

    private static int Overhead(int length) => 3 + Varint.Length((ulong)length);
}
