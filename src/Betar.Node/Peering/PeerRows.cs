using System.Buffers;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protobuf;
using Betar.Libp2p.Records;
using Betar.Storage.Peers;

namespace Betar.Node.Peering;

/// <summary>
/// What of a peer is kept on disk: how it is reached, and the record that it signed. What it serves is left out; it may have changed, and
/// is asked for at the first connection.
/// </summary>
internal static class PeerRows
{
    private const int RecordField = 1;
    private const int SignedField = 2;
    private const int OtherField = 3;
    private const int MaxAddresses = 1024;

    public static PeerTableRow Encode(PeerInfo info)
    {
        var known = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(known);
        if (!info.SignedRecord.IsEmpty)
            writer.WriteBytes(RecordField, info.SignedRecord.Span);
        foreach (Multiaddr address in info.SignedAddresses)
            writer.WriteBytes(SignedField, address.Bytes.Span);
        foreach (Multiaddr address in info.OtherAddresses)
            writer.WriteBytes(OtherField, address.Bytes.Span);
        return new PeerTableRow(info.Peer.Bytes.ToArray(), info.SeenAt, known.WrittenMemory, (int)info.Standing);
    }

    /// <summary>Null for a row that cannot be read. Addresses are taken for signed only as far as the peer's own record still says so.</summary>
    public static PeerInfo? Decode(PeerId peer, PeerTableRow row)
    {
        byte[] envelope = [];
        List<Multiaddr> signed = [], others = [];
        var reader = new ProtoReader(row.Known.Span);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (type != WireType.Bytes || !reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
                return null;
            if (field == RecordField)
                envelope = bytes.ToArray();
            else if (field is not (SignedField or OtherField) || signed.Count + others.Count == MaxAddresses || !Multiaddr.TryDecode(bytes, out Multiaddr? address))
                return null;
            else
                (field == SignedField ? signed : others).Add(address);
        }

        if (reader.Failed)
            return null;
        PeerInfo info = PeerInfo.Unknown(peer) with { SeenAt = row.SeenAt, OtherAddresses = others, Standing = Standing(row.Worth) };
        return envelope.Length > 0 && PeerRecord.TryOpen(envelope, MaxAddresses, out PeerRecord? record) && record.Peer == peer
            ? info with
            {
                SignedAddresses = [.. signed.Intersect(record.Addresses.Select(address => address.WithoutPeer()))],
                RecordSequence = record.Sequence,
                SignedRecord = envelope,
            }
            : info;
    }

    private static PeerStanding Standing(int worth) => (PeerStanding)Math.Clamp(worth, (int)PeerStanding.Heard, (int)PeerStanding.Protected);
}
