using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Libp2p.Records;

/// <summary>A peer's own list of its addresses; a greater number replaces a smaller one.</summary>
public sealed record PeerRecord(PeerId Peer, ulong Sequence, IReadOnlyList<Multiaddr> Addresses)
{
    // What the network uses; the specification's text has another domain.
    internal const string Domain = "libp2p-peer-record";

    private const int PeerField = 1;
    private const int SequenceField = 2;
    private const int AddressesField = 3;
    private const int MultiaddrField = 1;

    internal static ReadOnlySpan<byte> PayloadType => [0x03, 0x01];

    public SignedEnvelope Seal(IdentityKey key) => SignedEnvelope.Seal(key, Domain, PayloadType, Encode());

    /// <summary>
    /// False unless the signature holds and the record is about the peer that signed it. Of its addresses no more than the first
    /// <paramref name="maxAddresses"/> are looked at, and those that cannot be read are left out.
    /// </summary>
    public static bool TryOpen(ReadOnlySpan<byte> envelope, int maxAddresses, [NotNullWhen(true)] out PeerRecord? record) =>
        TryOpen(envelope, maxAddresses, out record, out _);

    /// <param name="listed">How many addresses the record names, looked at or not.</param>
    internal static bool TryOpen(ReadOnlySpan<byte> envelope, int maxAddresses, [NotNullWhen(true)] out PeerRecord? record, out int listed)
    {
        record = null;
        listed = 0;
        if (!SignedEnvelope.TryOpen(envelope, Domain, PayloadType, out var opened)
            || !TryDecode(opened.Payload.Span, maxAddresses, out var decoded, out listed)
            || decoded.Peer != opened.Key.ToPeerId())
        {
            return false;
        }

        record = decoded;
        return true;
    }

    internal byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(output);
        writer.WriteBytes(PeerField, Peer.Bytes);
        writer.WriteVarint(SequenceField, Sequence);
        foreach (var address in Addresses)
        {
            var info = new ArrayBufferWriter<byte>();
            new ProtoWriter(info).WriteBytes(MultiaddrField, address.Bytes.Span);
            writer.WriteMessage(AddressesField, info);
        }

        return output.WrittenSpan.ToArray();
    }

    internal static bool TryDecode(ReadOnlySpan<byte> payload, int maxAddresses, [NotNullWhen(true)] out PeerRecord? record, out int listed)
    {
        record = null;
        listed = 0;
        var peer = default(PeerId);
        ulong sequence = 0;
        var addresses = new List<Multiaddr>();
        var reader = new ProtoReader(payload);
        while (reader.TryReadTag(out var field, out var type))
        {
            switch (field, type)
            {
                case (PeerField, WireType.Bytes):
                    if (reader.TryReadBytes(out var id) && !PeerId.TryDecode(id, out peer))
                    {
                        reader.Fail();
                    }

                    break;
                case (SequenceField, WireType.Varint):
                    reader.TryReadVarint(out sequence);
                    break;
                case (AddressesField, WireType.Bytes):
                    if (reader.TryReadBytes(out var info) && ++listed <= maxAddresses && !TryReadAddress(info, addresses))
                    {
                        reader.Fail();
                    }

                    break;
                default:
                    reader.TrySkip(type);
                    break;
            }
        }

        if (reader.Failed || peer.IsEmpty)
        {
            return false;
        }

        record = new PeerRecord(peer, sequence, addresses);
        return true;
    }

    // Of several fields with one number the last counts, so that an entry is never more than one address.
    private static bool TryReadAddress(ReadOnlySpan<byte> info, List<Multiaddr> addresses)
    {
        ReadOnlySpan<byte> last = [];
        var reader = new ProtoReader(info);
        while (reader.TryReadTag(out var field, out var type))
        {
            if ((field, type) != (MultiaddrField, WireType.Bytes))
                reader.TrySkip(type);
            else if (reader.TryReadBytes(out var bytes))
                last = bytes;
        }

        if (!reader.Failed && Multiaddr.TryDecode(last, out var address))
            addresses.Add(address);
        return !reader.Failed;
    }
}
