using Betar.Blocks.Dag;
using Betar.Fuzz.Support;
using Betar.Libp2p.Multiformats;

namespace Betar.Fuzz.Targets;

/// <summary>Nodes of a graph: read as a plain list of fields reads them, and canonical once they are written again.</summary>
internal sealed class DagPbTarget : IFuzzTarget
{
    private const int MaxLinks = 64;

    public string Name => "dag-pb";

    public long MemoryBound(int length) => (64 * 1024) + (512L * length);

    public bool Take(byte[] input)
    {
        var taken = DagPb.TryDecode(input, out var node, MaxLinks);
        FuzzException.Unless(taken == (Slow(input) is not null), $"taken: {taken}");
        FuzzException.Unless(!DagPb.TryDecodeStrict(input, out _, MaxLinks) || taken, "strictly good and not good");
        if (!taken)
            return false;
        var (data, links) = Slow(input)!.Value;
        FuzzException.Unless(node!.Links.Count + node.DeadLinks == links && links <= MaxLinks, $"{node.Links.Count} links and {node.DeadLinks} of {links}");
        FuzzException.Unless(node.Data is { } bytes ? data is not null && bytes.Span.SequenceEqual(data) : data is null, "other data");
        var written = DagPb.Encode(node);
        FuzzException.Unless(DagPb.TryDecodeStrict(written, out var again, MaxLinks) && again.Links.Count == node.Links.Count, "what we write is not canonical");
        return true;
    }

    private static (byte[]? Data, int Links)? Slow(byte[] input)
    {
        if (SlowProtobuf.Read(input) is not { } fields || fields.Any(field => field.Type != 2 || field.Field is not (1 or 2)))
            return null;
        var order = string.Concat(fields.Select(field => field.Field));
        var links = fields.Where(field => field.Field == 2).ToList();
        if (order.Count(field => field == '1') > 1 || order.Trim('2').Length > 1 || (order.Contains("212", StringComparison.Ordinal)) || links.Count > MaxLinks
            || !links.All(link => IsLink(link.Bytes)))
        {
            return null;
        }

        return (fields.Find(field => field.Field == 1).Bytes, links.Count);
    }

    private static bool IsLink(byte[] link) => SlowProtobuf.Read(link) is { } fields
        && string.Join(' ', fields.Select(field => $"{field.Field}:{field.Type}")) is "1:2" or "1:2 2:2" or "1:2 3:0" or "1:2 2:2 3:0"
        && BeginsWithCid(SlowProtobuf.Read(link)![0].Bytes);

    private static bool BeginsWithCid(byte[] bytes)
    {
        if (bytes.Length > 2 && bytes[0] == 0x12 && bytes[1] == 32)
            return bytes.Length >= 34;
        var at = 0;
        Span<ulong> numbers = stackalloc ulong[4];
        for (var i = 0; i < 4; i++)
        {
            if (!Varint.TryRead(bytes.AsSpan(at), out numbers[i], out var read))
                return false;
            at += read;
        }

        return numbers[0] == 1 && numbers[3] <= (ulong)(bytes.Length - at);
    }
}
