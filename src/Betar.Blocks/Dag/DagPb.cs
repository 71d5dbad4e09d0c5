using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Blocks.Dag;

/// <summary>
/// dag-pb. A node is written in one way only, since its name is the hash of the bytes: links (field 2) before data (field 1), every link with
/// hash, name and size even when these are empty, links sorted by the bytes of their names and otherwise left in their order.
/// </summary>
public static class DagPb
{
    /// <summary>Links that are read of one node when the caller does not say. A block of 1 MiB holds less than twice as many of the usual length.</summary>
    public const int DefaultMaxLinks = 16_384;

    internal const int DataField = 1;
    internal const int LinksField = 2;

    public static byte[] Encode(DagNode node)
    {
        var output = new ArrayBufferWriter<byte>((node.Data?.Length ?? 0) + 64 + (node.Links.Count * 48));
        var writer = new ProtoWriter(output);
        var part = new ArrayBufferWriter<byte>();
        foreach (var link in Sorted(node.Links))
        {
            part.ResetWrittenCount();
            DagLinkMessage.Write(part, link);
            writer.WriteMessage(LinksField, part);
        }

        if (node.Data is { } data)
            writer.WriteBytes(DataField, data.Span);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The node as a block, named as all that we write is: version 1, SHA-256.</summary>
    public static Block ToBlock(DagNode node)
    {
        var bytes = Encode(node);
        return new Block(Cid.Create(CidCodec.DagPb, Multihash.Sha256(bytes)), bytes);
    }

    /// <summary>
    /// Takes exactly the bytes that the original's reader takes: others build on such nodes, so refusing more would only leave us behind. That
    /// is: data before links, absent names and sizes, numbers with useless zeros, bytes behind a link's CID. Refused are other fields, parts that
    /// are repeated or interleaved, a link's fields out of order, links without a CID; and more links than the limit.
    /// </summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out DagNode? node, int maxLinks = DefaultMaxLinks)
    {
        node = null;
        var links = new List<DagLink>();
        var (dead, linksEnded) = (0, false);
        ReadOnlyMemory<byte>? data = null;
        var reader = new ProtoReader(bytes.Span);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (type != WireType.Bytes || !reader.TryReadBytes(out var part))
                return false;
            if (field == DataField && data is null)
            {
                data = Slice(bytes, part);
                linksEnded = links.Count + dead > 0;
            }
            else if (field == LinksField && !linksEnded && links.Count + dead < maxLinks && DagLinkMessage.TryRead(part, out var link))
            {
                if (link is null)
                    dead++;
                else
                    links.Add(link);
            }
            else
            {
                return false;
            }
        }

        if (reader.Failed)
            return false;
        node = new DagNode(links, data) { DeadLinks = dead };
        return true;
    }

    /// <summary>Takes only what <see cref="Encode"/> writes.</summary>
    public static bool TryDecodeStrict(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out DagNode? node, int maxLinks = DefaultMaxLinks)
    {
        if (TryDecode(bytes, out node, maxLinks) && node.DeadLinks == 0 && Encode(node).AsSpan().SequenceEqual(bytes.Span))
            return true;
        node = null;
        return false;
    }

    /// <summary>The same bytes as memory: a part that was read lies inside the whole.</summary>
    internal static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> whole, ReadOnlySpan<byte> part) =>
        part.IsEmpty || !whole.Span.Overlaps(part, out var offset) ? ReadOnlyMemory<byte>.Empty : whole.Slice(offset, part.Length);

    // By bytes, not by UTF-16: the two differ outside the basic plane.
    private static IEnumerable<DagLink> Sorted(IReadOnlyList<DagLink> links) => links.All(link => link.Name.Length == 0)
        ? links
        : links.OrderBy(link => Encoding.UTF8.GetBytes(link.Name), Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other)));
}
