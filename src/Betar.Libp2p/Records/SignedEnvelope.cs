using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Libp2p.Records;

/// <summary>A payload that a peer signed for one purpose, so that a third party can hand it on.</summary>
public sealed class SignedEnvelope
{
    private const int PublicKeyField = 1;
    private const int PayloadTypeField = 2;
    private const int PayloadField = 3;
    private const int SignatureField = 5;

    private readonly byte[] _payloadType;
    private readonly byte[] _payload;
    private readonly byte[] _signature;

    private SignedEnvelope(PublicKey key, byte[] payloadType, byte[] payload, byte[] signature)
    {
        Key = key;
        _payloadType = payloadType;
        _payload = payload;
        _signature = signature;
    }

    public PublicKey Key { get; }

    public ReadOnlyMemory<byte> PayloadType => _payloadType;

    public ReadOnlyMemory<byte> Payload => _payload;

    public static SignedEnvelope Seal(IdentityKey key, string domain, ReadOnlySpan<byte> payloadType, ReadOnlySpan<byte> payload) =>
        new(key.PublicKey, payloadType.ToArray(), payload.ToArray(), key.Sign(SignedBytes(domain, payloadType, payload)));

    /// <summary>False unless the envelope is well-formed, for this domain and this type of payload, and its signature holds.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> encoded, string domain, ReadOnlySpan<byte> payloadType, [NotNullWhen(true)] out SignedEnvelope? envelope)
    {
        envelope = null;
        if (!TryDecode(encoded, out var decoded)
            || !payloadType.SequenceEqual(decoded._payloadType)
            || !decoded.Key.Verify(SignedBytes(domain, decoded._payloadType, decoded._payload), decoded._signature))
        {
            return false;
        }

        envelope = decoded;
        return true;
    }

    /// <summary>Reads an envelope whose signature the caller knows to hold, because it has checked these very bytes before.</summary>
    public static bool TryReadUnchecked(ReadOnlySpan<byte> encoded, ReadOnlySpan<byte> payloadType, [NotNullWhen(true)] out SignedEnvelope? envelope) =>
        TryDecode(encoded, out envelope) && payloadType.SequenceEqual(envelope._payloadType);

    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(output);
        writer.WriteBytes(PublicKeyField, Key.Encoded.Span);
        writer.WriteBytes(PayloadTypeField, _payloadType);
        writer.WriteBytes(PayloadField, _payload);
        writer.WriteBytes(SignatureField, _signature);
        return output.WrittenSpan.ToArray();
    }

    private static bool TryDecode(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out SignedEnvelope? envelope)
    {
        envelope = null;
        ReadOnlySpan<byte> key = [], payloadType = [], payload = [], signature = [];
        var reader = new ProtoReader(encoded);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (type != WireType.Bytes)
            {
                reader.TrySkip(type);
                continue;
            }

            if (!reader.TryReadBytes(out var bytes))
            {
                return false;
            }

            switch (field)
            {
                case PublicKeyField:
                    key = bytes;
                    break;
                case PayloadTypeField:
                    payloadType = bytes;
                    break;
                case PayloadField:
                    payload = bytes;
                    break;
                case SignatureField:
                    signature = bytes;
                    break;
            }
        }

        if (reader.Failed || !PublicKey.TryDecode(key, out var publicKey))
        {
            return false;
        }

        envelope = new SignedEnvelope(publicKey, payloadType.ToArray(), payload.ToArray(), signature.ToArray());
        return true;
    }

    private static byte[] SignedBytes(string domain, ReadOnlySpan<byte> payloadType, ReadOnlySpan<byte> payload)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, Encoding.UTF8.GetBytes(domain));
        Write(output, payloadType);
        Write(output, payload);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        output.Advance(Varint.Write(output.GetSpan(Varint.MaxLength), (ulong)bytes.Length));
        output.Write(bytes);
    }
}
