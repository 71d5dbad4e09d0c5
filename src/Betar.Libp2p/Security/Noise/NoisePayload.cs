using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Betar.Libp2p.Protobuf;

namespace Betar.Libp2p.Security.Noise;

/// <summary>What travels inside the handshake: the identity, its signature of the lasting key, the muxers.</summary>
internal sealed record NoisePayload(ReadOnlyMemory<byte> IdentityKey, ReadOnlyMemory<byte> Signature, IReadOnlyList<string> Muxers)
{
    /// <summary>A longer list of muxers is taken as none, as Go does.</summary>
    public const int MaxMuxers = 100;
    private const int MaxMuxerName = 256;

    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(output);
        writer.WriteBytes(1, IdentityKey.Span);
        writer.WriteBytes(2, Signature.Span);
        if (Muxers.Count > 0)
        {
            var extensions = new ArrayBufferWriter<byte>();
            var inner = new ProtoWriter(extensions);
            foreach (var muxer in Muxers)
                inner.WriteString(2, muxer);
            writer.WriteMessage(4, extensions);
        }

        return output.WrittenSpan.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out NoisePayload? payload)
    {
        payload = null;
        byte[]? key = null;
        byte[]? signature = null;
        List<string> muxers = [];
        var reader = new ProtoReader(bytes);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field is not (1 or 2 or 4) || type != WireType.Bytes)
            {
                if (!reader.TrySkip(type))
                    return false;
                continue;
            }

            if (!reader.TryReadBytes(out var value))
                return false;
            if (field == 1)
                key = value.ToArray();
            else if (field == 2)
                signature = value.ToArray();
            else if (!TryDecodeExtensions(value, muxers))
                return false;
        }

        if (reader.Failed || key is null || signature is null)
            return false;
        payload = new NoisePayload(key, signature, muxers.Count > MaxMuxers ? [] : muxers);
        return true;
    }

    private static bool TryDecodeExtensions(ReadOnlySpan<byte> bytes, List<string> muxers)
    {
        var reader = new ProtoReader(bytes);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field != 2 || type != WireType.Bytes)
            {
                if (!reader.TrySkip(type))
                    return false;
                continue;
            }

            if (!reader.TryReadString(MaxMuxerName, out var muxer))
                return false;
            if (muxers.Count <= MaxMuxers)
                muxers.Add(muxer);
        }

        return !reader.Failed;
    }
}
