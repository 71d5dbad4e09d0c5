using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Storage;

public sealed class DevnetFileTests
{
    static List<byte[]> Read(MemoryFile file)
    {
        var records = new List<byte[]>();
        DevnetFile.Open(file, payload => records.Add(payload.ToArray()));
        return records;
    }

    static byte[] Record(params byte[] payload)
    {
        var record = new byte[RecordFrame.HeaderSize + payload.Length];
        payload.CopyTo(record, RecordFrame.HeaderSize);
        RecordFrame.WriteHeader(record);
        return record;
    }

    [Fact]
    public void A_new_file_gets_its_header_synced()
    {
        var file = new MemoryFile();
        Assert.Empty(Read(file));
        Assert.Equal("425452444556" + "4e5401000000", Convert.ToHexStringLower(file.Synced));
        Assert.Empty(Read(new MemoryFile(file.Content)));
    }

    [Fact]
    public void A_commit_is_one_append_and_one_sync()
    {
        var file = new MemoryFile();
        var devnet = DevnetFile.Open(file, _ => Assert.Fail("nothing to read"));
        var (appends, syncs) = (file.Appends, file.Syncs);
        devnet.Commit(Record(1, 2, 3));
        devnet.Commit(Record());
        devnet.Commit(Record(4));
        Assert.Equal((appends + 3, syncs + 3), (file.Appends, file.Syncs));
        Assert.Equal(file.Content, file.Synced);
        Assert.Equal<byte[]>([[1, 2, 3], [], [4]], Read(new MemoryFile(file.Synced)));
    }

    [Fact]
    public void Opening_a_whole_file_changes_nothing()
    {
        var file = new MemoryFile();
        DevnetFile.Open(file, _ => { }).Commit(Record(1, 2, 3));
        var copy = new MemoryFile(file.Content);
        Assert.Single(Read(copy));
        Assert.Equal((0, 0), (copy.Appends, copy.Syncs));
        Assert.Equal(file.Content, copy.Content);
    }

    [Fact]
    public void A_cut_tail_is_removed_and_the_removal_synced()
    {
        var file = new MemoryFile();
        var devnet = DevnetFile.Open(file, _ => { });
        devnet.Commit(Record(1, 2, 3));
        var good = file.Content;
        foreach (var tail in new byte[][] { [0], Record(9, 9)[..^1], Record(9, 9)[..5], new byte[4096] })
        {
            var torn = new MemoryFile([.. good, .. tail]);
            Assert.Single(Read(torn));
            Assert.Equal(good, torn.Synced);
        }
    }

    [Fact]
    public void Damage_with_good_records_behind_it_is_refused_by_its_place()
    {
        var file = new MemoryFile();
        var devnet = DevnetFile.Open(file, _ => { });
        devnet.Commit(Record(1, 2, 3));
        var at = file.Length;
        devnet.Commit(Record(4, 5, 6));
        devnet.Commit(Record(7));
        var damaged = file.Content;
        damaged[at + RecordFrame.HeaderSize] ^= 1;
        var fault = Assert.Throws<DevnetOpenException>(() => Read(new MemoryFile(damaged)));
        Assert.Equal(DevnetOpenFault.Corrupt, fault.Fault);
        Assert.Contains($"at byte {at},", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_to_its_end_is_not_accessible()
    {
        var file = new MemoryFile();
        DevnetFile.Open(file, _ => { }).Commit(Record(1, 2, 3));
        var fault = Assert.Throws<DevnetOpenException>(() => DevnetFile.Open(new ShortFile(file.Content), _ => { }));
        Assert.Equal(DevnetOpenFault.NotAccessible, fault.Fault);
    }

    /// <summary>Promises more bytes than it gives.</summary>
    sealed class ShortFile(byte[] content) : IAppendFile
    {
        public long Length => content.Length;

        public int Read(long offset, Span<byte> destination)
        {
            var size = (int)Math.Min(destination.Length, Math.Max(0, content.Length - 1 - offset));
            content.AsSpan((int)offset, size).CopyTo(destination);
            return size;
        }

        public void Append(ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

        public void Truncate(long length) => throw new NotSupportedException();

        public void Sync() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
