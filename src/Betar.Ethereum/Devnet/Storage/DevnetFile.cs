using System.Buffers.Binary;

namespace Betar.Ethereum.Devnet;

/// <summary>The chain's append-only file: a header with magic and version, then records. What was synced is never changed.</summary>
internal sealed class DevnetFile : IDisposable
{
    internal const int HeaderSize = 12;
    internal const uint Version = 1;

    readonly IAppendFile _file;

    DevnetFile(IAppendFile file) => _file = file;

    static ReadOnlySpan<byte> Magic => "BTRDEVNT"u8;

    /// <summary>Reads every record, cuts a last one that was not finished, and refuses anything else that is not right.</summary>
    internal static DevnetFile Open(IAppendFile file, RecordHandler onRecord)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        Span<byte> expected = stackalloc byte[HeaderSize];
        Magic.CopyTo(expected);
        BinaryPrimitives.WriteUInt32LittleEndian(expected[Magic.Length..], Version);

        header = header[..file.Read(0, header)];
        if (header.Length < HeaderSize)
        {
            // The very first write may have been cut off; a foreign short file is left alone.
            if (!expected.StartsWith(header))
                throw NotOurs();
            file.Truncate(0);
            file.Append(expected);
            file.Sync();
            return new DevnetFile(file);
        }

        if (!header.StartsWith(Magic))
            throw NotOurs();
        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[Magic.Length..]);
        if (version > Version)
            throw new DevnetOpenException(
                DevnetOpenFault.NewerVersion,
                $"The chain's file has version {version}, this program knows version {Version}: use the newer program.");
        if (version != Version)
            throw NotOurs();

        ReadRecords(file, onRecord);
        return new DevnetFile(file);
    }

    /// <summary>Appends one framed record and waits for the disk. After an exception the file is as before, or the chain must stop.</summary>
    internal void Commit(ReadOnlySpan<byte> record)
    {
        _file.Append(record);
        _file.Sync();
    }

    public void Dispose() => _file.Dispose();

    static void ReadRecords(IAppendFile file, RecordHandler onRecord)
    {
        for (long at = HeaderSize; at < file.Length;)
        {
            var record = ReadRecord(file, at);
            if (RecordFrame.Inspect(record, out _) == 0)
            {
                CutTail(file, at);
                return;
            }

            onRecord(record.AsMemory(RecordFrame.HeaderSize));
            at += record.Length;
        }
    }

    // As many bytes as the record's header promises and the file has.
    static byte[] ReadRecord(IAppendFile file, long at)
    {
        Span<byte> header = stackalloc byte[RecordFrame.HeaderSize];
        header = header[..file.Read(at, header)];
        var record = new byte[Math.Min(RecordFrame.PromisedSize(header), file.Length - at)];
        return file.Read(at, record) == record.Length
            ? record
            : throw new DevnetOpenException(DevnetOpenFault.NotAccessible, "The chain's file cannot be read to its end.");
    }

    // A write that was cut off is the last thing in the file; good records behind the fault mean damage.
    static void CutTail(IAppendFile file, long at)
    {
        var rest = new byte[Math.Min(file.Length - at - 1, RecordFrame.MaxPayload)];
        file.Read(at + 1, rest);
        if (RecordFrame.AnyIn(rest))
            throw new DevnetOpenException(
                DevnetOpenFault.Corrupt,
                $"The chain's file is damaged at byte {at}, with good records behind it: restore a copy, or move the file away to start anew.");
        file.Truncate(at);
        file.Sync();
    }

    static DevnetOpenException NotOurs() =>
        new(DevnetOpenFault.NotADevnetFile, "The file is not one of a devnet chain; it was left untouched.");

    internal delegate void RecordHandler(ReadOnlyMemory<byte> payload);
}
