using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Protobuf;
using Betar.Marketplace.Listings;
using Betar.X402;

namespace Betar.Marketplace.Records;

/// <summary>
/// The bytes of a record that are signed: a protobuf message with its fields in the order of their numbers and every single one written, so
/// that a record has one spelling; the last one, which came later, only where it says something. Other spellings are refused.
/// </summary>
internal static class RecordCodec
{
    private const long MaxSeconds = 253_402_300_799;

    public static byte[] Encode(ListingRecord record)
    {
        var output = new ArrayBufferWriter<byte>(512);
        var writer = new ProtoWriter(output);
        writer.WriteString(1, record.Id);
        writer.WriteBytes(2, record.Seller.Bytes);
        writer.WriteVarint(3, record.Version);
        writer.WriteVarint(4, (ulong)record.IssuedAt.ToUnixTimeSeconds());
        writer.WriteVarint(5, (ulong)record.ExpiresAt.ToUnixTimeSeconds());
        writer.WriteVarint(6, record.Withdrawn ? 1UL : 0);
        writer.WriteString(7, record.Name);
        writer.WriteString(8, record.Description);
        writer.WriteString(9, record.Payee);
        writer.WriteString(10, record.Price.ToString());
        writer.WriteString(11, record.Network);
        writer.WriteString(12, record.Token);
        foreach (var address in record.Addresses)
            writer.WriteString(13, address);
        foreach (var protocol in record.Protocols)
            writer.WriteString(14, protocol);
        foreach (var skill in record.Skills)
            writer.WriteMessage(15, Encode(skill));
        writer.WriteMessage(16, Numbers(
            record.Bounds.MaxInputBytes, record.Bounds.MaxOutputBytes, record.Bounds.MaxSeconds, record.Bounds.MaxConcurrent));
        writer.WriteMessage(17, Numbers(record.Level.LatencyMilliseconds, record.Level.Availability, record.Level.RefundSeconds));
        writer.WriteString(18, record.TokenId);
        if (record.KeepsFailed)
            writer.WriteVarint(19, 1);
        return output.WrittenSpan.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> payload, RecordLimits limits, [NotNullWhen(true)] out ListingRecord? record)
    {
        record = null;
        var texts = new string[19];
        var numbers = new ulong[7];
        var keeps = 0UL;
        var peer = default(PeerId);
        List<string> addresses = [], protocols = [];
        List<ListingSkill> skills = [];
        ulong[] bounds = [], level = [];
        var reader = new ProtoReader(payload);
        while (reader.TryReadTag(out var field, out var type))
        {
            switch (field, type)
            {
                case (>= 3 and <= 6, WireType.Varint):
                    reader.TryReadVarint(out numbers[field]);
                    break;
                case (19, WireType.Varint):
                    reader.TryReadVarint(out keeps);
                    break;
                case (1 or 7 or (>= 9 and <= 12) or 18, WireType.Bytes):
                    reader.TryReadString(limits.MaxTextBytes, out texts[field]);
                    break;
                case (8, WireType.Bytes):
                    reader.TryReadString(limits.MaxDescriptionBytes, out texts[field]);
                    break;
                case (2, WireType.Bytes):
                    if (reader.TryReadBytes(out var id) && !PeerId.TryDecode(id, out peer))
                        reader.Fail();
                    break;
                case (13, WireType.Bytes):
                    ReadItem(ref reader, limits, addresses);
                    break;
                case (14, WireType.Bytes):
                    ReadItem(ref reader, limits, protocols);
                    break;
                case (15, WireType.Bytes):
                    if (reader.TryReadBytes(out var encoded) && (skills.Count == limits.MaxItems || !TryReadSkill(encoded, limits, skills)))
                        reader.Fail();
                    break;
                case (16, WireType.Bytes):
                    if (reader.TryReadBytes(out var bounded) && !TryReadNumbers(bounded, 4, out bounds))
                        reader.Fail();
                    break;
                case (17, WireType.Bytes):
                    if (reader.TryReadBytes(out var promised) && !TryReadNumbers(promised, 3, out level))
                        reader.Fail();
                    break;
                default:
                    reader.Fail();
                    break;
            }
        }

        if (reader.Failed || peer.IsEmpty || string.IsNullOrEmpty(texts[1]) || bounds.Length == 0 || level.Length == 0
            || numbers[4] > MaxSeconds || numbers[5] > MaxSeconds || !AtomicAmount.TryParse(texts[10], out var price))
        {
            return false;
        }

        record = new ListingRecord
        {
            Id = texts[1],
            Seller = peer,
            Version = numbers[3],
            IssuedAt = DateTimeOffset.FromUnixTimeSeconds((long)numbers[4]),
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds((long)numbers[5]),
            Withdrawn = numbers[6] != 0,
            Name = texts[7] ?? "",
            Description = texts[8] ?? "",
            Payee = SharedText.Of(texts[9] ?? ""),
            Price = price,
            Network = SharedText.Of(texts[11] ?? ""),
            Token = SharedText.Of(texts[12] ?? ""),
            Addresses = SharedText.Of(addresses),
            Protocols = SharedText.Of(protocols),
            Skills = skills.Count == 0 ? Array.Empty<ListingSkill>() : skills,
            Bounds = bounds.AsSpan().ContainsAnyExcept(0UL) ? new TaskBounds(bounds[0], bounds[1], bounds[2], bounds[3]) : TaskBounds.Unsaid,
            Level = level.AsSpan().ContainsAnyExcept(0UL) ? new ServiceLevel(level[0], level[1], level[2]) : ServiceLevel.Unsaid,
            TokenId = texts[18] ?? "",
            KeepsFailed = keeps != 0,
        };
        return payload.SequenceEqual(Encode(record));
    }

    private static ArrayBufferWriter<byte> Encode(ListingSkill skill)
    {
        var output = new ArrayBufferWriter<byte>(128);
        var writer = new ProtoWriter(output);
        writer.WriteString(1, skill.Id);
        writer.WriteString(2, skill.Name);
        writer.WriteString(3, skill.Description);
        foreach (var tag in skill.Tags)
            writer.WriteString(4, tag);
        writer.WriteString(5, skill.InputSchema);
        writer.WriteString(6, skill.OutputSchema);
        return output;
    }

    private static bool TryReadSkill(ReadOnlySpan<byte> encoded, RecordLimits limits, List<ListingSkill> skills)
    {
        string id = "", name = "", description = "", input = "", result = "";
        List<string> tags = [];
        var reader = new ProtoReader(encoded);
        while (reader.TryReadTag(out var field, out var type))
        {
            switch (field, type)
            {
                case (1, WireType.Bytes):
                    reader.TryReadString(limits.MaxTextBytes, out id);
                    break;
                case (2, WireType.Bytes):
                    reader.TryReadString(limits.MaxTextBytes, out name);
                    break;
                case (3, WireType.Bytes):
                    reader.TryReadString(limits.MaxDescriptionBytes, out description);
                    break;
                case (4, WireType.Bytes):
                    ReadItem(ref reader, limits, tags);
                    break;
                case (5, WireType.Bytes):
                    reader.TryReadString(limits.MaxSchemaBytes, out input);
                    break;
                case (6, WireType.Bytes):
                    reader.TryReadString(limits.MaxSchemaBytes, out result);
                    break;
                default:
                    reader.Fail();
                    break;
            }
        }

        skills.Add(new ListingSkill(id, name, description, tags, input, result));
        return !reader.Failed;
    }

    private static void ReadItem(ref ProtoReader reader, RecordLimits limits, List<string> items)
    {
        if (reader.TryReadString(limits.MaxTextBytes, out var item) && items.Count < limits.MaxItems)
            items.Add(item);
        else
            reader.Fail();
    }

    private static ArrayBufferWriter<byte> Numbers(params ReadOnlySpan<ulong> numbers)
    {
        var output = new ArrayBufferWriter<byte>(32);
        var writer = new ProtoWriter(output);
        for (var i = 0; i < numbers.Length; i++)
            writer.WriteVarint(i + 1, numbers[i]);
        return output;
    }

    private static bool TryReadNumbers(ReadOnlySpan<byte> encoded, int count, out ulong[] numbers)
    {
        numbers = new ulong[count];
        var reader = new ProtoReader(encoded);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (type != WireType.Varint || field > count)
                reader.Fail();
            else
                reader.TryReadVarint(out numbers[field - 1]);
        }

        return !reader.Failed;
    }
}
