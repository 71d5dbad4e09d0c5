using System.Text;
using Betar.Node.Importing.LevelDb;
using Betar.Tests.Shared;

namespace Betar.Node.Tests.Importing;

public sealed class LevelDbReaderTests : IDisposable
{
    private readonly OriginalFolder _original = new();
    private readonly List<string> _faults = [];

    public void Dispose() => _original.Dispose();

    private IReadOnlyList<KeyValuePair<string, byte[]>> Read(string name = "sessions", LevelDbLimits? limits = null) =>
        LevelDbReader.Read(_original.Path(name), limits ?? new LevelDbLimits(), _faults);

    [Fact]
    public void Tables_and_the_log_give_the_newest_of_each_key_and_nothing_that_was_deleted()
    {
        var entries = Read();

        // Twelve callers and one local; two were deleted, one in a table and one in the log.
        Assert.Equal((11, 0), (entries.Count, _faults.Count));
        Assert.Equal(entries.Select(entry => entry.Key).Order(StringComparer.Ordinal), entries.Select(entry => entry.Key));
        Assert.All(entries, entry => Assert.StartsWith("/sessions/ZGlkOmtleTp6", entry.Key, StringComparison.Ordinal));
        Assert.Equal(5, Encoding.UTF8.GetString(entries.Single(entry => entry.Key.EndsWith("Y2FsbGVyLTAw", StringComparison.Ordinal)).Value).Split("requestId").Length - 1);
        Assert.All(entries.Where(entry => !entry.Key.EndsWith("Y2FsbGVyLTAw", StringComparison.Ordinal)),
            entry => Assert.Equal(3, Encoding.UTF8.GetString(entry.Value).Split("requestId").Length - 1));
    }

    [Fact]
    public void A_database_that_was_never_compacted_is_its_log() => Assert.Equal((2, 0), (Read("workflows").Count, _faults.Count));

    [Fact]
    public void A_folder_that_is_none_says_so()
    {
        Directory.CreateDirectory(_original.Path("empty"));
        Assert.Empty(Read("empty"));
        Assert.Contains("CURRENT", Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../p2p_identity.key")]
    [InlineData("MANIFEST-../x")]
    [InlineData("")]
    public void Only_a_manifest_of_the_folder_is_followed(string current)
    {
        File.WriteAllText(_original.Path("sessions/CURRENT"), current + "\n");
        Assert.Empty(Read());
        Assert.NotEmpty(_faults);
    }

    [Fact]
    public void A_damaged_table_gives_what_is_whole_of_it()
    {
        string table = Directory.GetFiles(_original.Path("sessions"), "*.ldb").MaxBy(path => new FileInfo(path).Length)!;
        byte[] bytes = File.ReadAllBytes(table);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(table, bytes);

        Assert.InRange(Read().Count, 1, 11);
        Assert.Contains("damaged", Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_breaks_off_gives_what_was_written_before()
    {
        string log = Directory.GetFiles(_original.Path("workflows"), "*.log").Single();
        byte[] bytes = File.ReadAllBytes(log);
        File.WriteAllBytes(log, bytes[..^3]);

        Assert.Single(Read("workflows"));
        Assert.Contains("breaks off", Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_gone_is_told()
    {
        File.Delete(Directory.GetFiles(_original.Path("sessions"), "*.ldb")[0]);
        Assert.NotEmpty(Read());
        Assert.Single(_faults);
    }

    [Fact]
    public void Its_limits_hold()
    {
        Assert.Equal(3, Read(limits: new LevelDbLimits { MaxEntries = 3 }).Count);
        Assert.Contains("the rest is left out", _faults[^1], StringComparison.Ordinal);
        Assert.InRange(Read(limits: new LevelDbLimits { MaxBytes = 2_000 }).Sum(entry => entry.Value.Length), 1, 2_000);
        Assert.Empty(Read(limits: new LevelDbLimits { MaxFileBytes = 10 }));
        Assert.Contains("longer than 10 bytes", _faults[^1], StringComparison.Ordinal);
    }

    /// <summary>Whatever a disk or a stranger made of the files, reading ends and throws nothing.</summary>
    [Fact]
    public void Files_with_random_faults_are_read_to_their_end()
    {
        var random = new Random(TestSeed.Value);
        string[] files = [.. Directory.GetFiles(_original.Path("sessions"))];
        byte[][] whole = [.. files.Select(File.ReadAllBytes)];
        for (int round = 0; round < 200; round++)
        {
            int file = random.Next(files.Length);
            byte[] bytes = [.. whole[file]];
            for (int fault = random.Next(1, 8); fault > 0; fault--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(files[file], bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)]);
            Assert.True(Read().Count <= 13, $"seed {TestSeed.Value}, round {round}");
            File.WriteAllBytes(files[file], whole[file]);
        }
    }

    [Theory]
    [InlineData("0500" + "68", null)]
    [InlineData("05" + "10" + "68656c6c6f", "hello")]
    [InlineData("0a" + "04" + "6162" + "1102", "ababababab")]
    [InlineData("06" + "00" + "61" + "05" + "01", "aaaaaa")]
    [InlineData("06" + "00" + "61" + "12" + "0100", "aaaaaa")]
    [InlineData("06" + "00" + "61" + "13" + "01000000", "aaaaaa")]
    [InlineData("06" + "00" + "61" + "05" + "02", null)]
    [InlineData("06" + "00" + "61" + "05" + "00", null)]
    [InlineData("02" + "10" + "68656c6c6f", null)]
    [InlineData("06" + "10" + "68656c6c6f", null)]
    [InlineData("05" + "f0" + "04" + "68656c6c6f", "hello")]
    [InlineData("05" + "f0", null)]
    [InlineData("ffffffffff" + "ffffffffff", null)]
    [InlineData("", null)]
    public void Snappy_is_undone_and_nothing_else(string packed, string? plain)
    {
        Assert.Equal(plain is not null, SnappyBlock.TryDecode(Convert.FromHexString(packed), 1024, out byte[]? bytes));
        Assert.Equal(plain, bytes is null ? null : Encoding.ASCII.GetString(bytes));
    }

    [Fact]
    public void A_block_that_would_unpack_to_too_much_is_not_unpacked() => Assert.False(SnappyBlock.TryDecode([0x81, 0x08, 0x00, 0x61], 1024, out _));

    [Fact]
    public void The_checksum_is_that_of_the_format()
    {
        // CRC-32C of "123456789" is e3069283; LevelDB turns it and adds a constant.
        uint crc = 0xe3069283u;
        Assert.True(LevelDbBytes.Matches(unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u), "123456789"u8));
        Assert.False(LevelDbBytes.Matches(crc, "123456789"u8));
    }
}
