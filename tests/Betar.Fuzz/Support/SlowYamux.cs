using System.Buffers.Binary;

namespace Betar.Fuzz.Support;

/// <summary>
/// A session that listens, with one stream of its own (number 2, on which it has sent nothing yet), as the specification reads: no pieces, no queues.
/// It stops at the first goodbye.
/// </summary>
internal sealed class SlowYamux
{
    private const uint OwnStream = 2;
    private const long Window = 256 * 1024;

    /// <summary>Of every stream that was ever open, in the order in which they were opened.</summary>
    public List<SlowYamuxStream> Streams { get; } = [];

    public bool Violated { get; private set; }

    public bool Goodbye { get; private set; }

    public List<uint> Pongs { get; } = [];

    public void Read(byte[] input)
    {
        var open = new Dictionary<uint, SlowYamuxStream> { [OwnStream] = Open(OwnStream) };
        for (var at = 0; at + 12 <= input.Length && !Violated && !Goodbye;)
        {
            var (version, type, flags) = (input[at], input[at + 1], BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at + 2)));
            var (id, length) = (BinaryPrimitives.ReadUInt32BigEndian(input.AsSpan(at + 4)), BinaryPrimitives.ReadUInt32BigEndian(input.AsSpan(at + 8)));
            at += 12;
            Violated = version != 0 || type > 3 || flags > 15 || type >= 2 != (id == 0);
            if (Violated)
                return;
            if (type >= 2)
                OfSession(type, flags, length);
            else
                at += OfStream(open, type, flags, id, length, input.AsSpan(at));
        }
    }

    private void OfSession(int type, int flags, uint length)
    {
        if (type == 3)
            Goodbye = true;
        else if (flags == 1)
            Pongs.Add(length);
        else
            Violated = true;
    }

    /// <summary>Gives how many bytes belong to the frame.</summary>
    private int OfStream(Dictionary<uint, SlowYamuxStream> open, int type, int flags, uint id, uint length, ReadOnlySpan<byte> rest)
    {
        var (syn, fin, reset) = ((flags & 1) != 0, (flags & 4) != 0, (flags & 8) != 0);
        if (syn && (id % 2 == 0 || open.ContainsKey(id)))
        {
            Violated = true;
            return 0;
        }

        if (syn)
            open[id] = Open(id);
        open.TryGetValue(id, out var stream);
        if (type == 0 && stream is not null && (stream.Credit -= length) < 0)
        {
            Violated = true;
            return 0;
        }

        if (reset && stream is not null)
        {
            stream.Broken = true;
            open.Remove(id);
        }

        if (type == 1)
        {
            if (!reset && stream is not null && (stream.SendCredit += length) > uint.MaxValue)
                Violated = true;
            else if (!reset && fin && stream is not null)
                stream.Ended = true;
            return 0;
        }

        var body = rest[..(int)Math.Min(length, rest.Length)];
        if (stream is null || reset)
            return body.Length;
        if (stream.Ended && body.Length > 0)
        {
            stream.Broken = true;
            open.Remove(id);
        }
        else
        {
            stream.Data.AddRange(body);
            stream.Ended |= fin && body.Length == length;
        }

        return body.Length;
    }

    private SlowYamuxStream Open(uint id)
    {
        var stream = new SlowYamuxStream(id) { Credit = Window, SendCredit = Window };
        Streams.Add(stream);
        return stream;
    }
}
