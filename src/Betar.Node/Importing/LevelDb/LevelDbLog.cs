using System.Buffers.Binary;

namespace Betar.Node.Importing.LevelDb;

/// <summary>The records of a log or manifest. What a crash or a bad disk broke is left out.</summary>
internal static class LevelDbLog
{
    private const int BlockSize = 32 * 1024;
    private const int HeaderSize = 7;

    /// <param name="file">The whole file.</param>
    /// <param name="whole">False when something at its end or within could not be read.</param>
    public static List<byte[]> Read(ReadOnlySpan<byte> file, out bool whole)
    {
        var records = new List<byte[]>();
        MemoryStream? begun = null;
        whole = true;
        for (var block = 0; block < file.Length; block += BlockSize)
        {
            var rest = file.Slice(block, Math.Min(BlockSize, file.Length - block));
            while (rest.Length >= HeaderSize)
            {
                var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[4..]);
                var kind = rest[6];

                // A block that was set aside and never written.
                if (kind == 0 && length == 0)
                    break;
                if (HeaderSize + length > rest.Length || kind > 4
                    || !LevelDbBytes.Matches(BinaryPrimitives.ReadUInt32LittleEndian(rest), rest.Slice(6, length + 1)))
                {
                    whole = false;
                    begun = null;
                    break;
                }

                whole &= Take(rest.Slice(HeaderSize, length), kind, records, ref begun);
                rest = rest[(HeaderSize + length)..];
            }
        }

        whole &= begun is null;
        return records;
    }

    /// <summary>1 is whole, 2 begins, 3 goes on, 4 ends.</summary>
    private static bool Take(ReadOnlySpan<byte> part, byte kind, List<byte[]> records, ref MemoryStream? begun)
    {
        var fits = kind is 1 or 2 ? begun is null : begun is not null;
        if (kind == 1)
        {
            begun = null;
            records.Add(part.ToArray());
            return fits;
        }

        if (kind == 2)
            begun = new MemoryStream();
        if (begun is null)
            return false;
        begun.Write(part);
        if (kind == 4)
        {
            records.Add(begun.ToArray());
            begun = null;
        }

        return fits;
    }
}
