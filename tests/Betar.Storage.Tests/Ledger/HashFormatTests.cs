using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger;

/// <summary>
/// The hashes as docs/ledger.md describes them, computed here a second time from the columns of the file and compared with what
/// the file holds. Files and signatures outlive programs: these formats never change.
/// </summary>
public sealed class HashFormatTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    public async Task InitializeAsync()
    {
        await using var database = BetarDatabase.Open(folder.Database,
            new BetarDatabaseOptions { Ledger = { Signer = Signers.Number(1), CheckpointEntries = 2 } }, new ManualTime());
        await database.Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), 0, Reserved, 1000, "ägent", "", []));
        await database.Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(2), 0, Reserved, 7, "b", "r", [9]));
        await database.Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), 1, Settled, 1000, "ägent", "0x11", [1, 2, 3]));
        await database.Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), 2, Delivered, 1000, "ägent", "", new byte[70_000]));
        await database.Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(2), 1, Refused, 7, "b", "no", []));
    }

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 3)]
    [InlineData(5, 2)]
    public void An_entrys_hash_covers_its_content_its_place_its_time_and_the_entry_before(int sequence, int before)
    {
        var content = new Input("betar.ledger.content.1").Text(Column(sequence, "network")).Text(Column(sequence, "asset"))
            .Text(Column(sequence, "payer")).Text(Column(sequence, "nonce")).Text(Column(sequence, "agent")).Text(Column(sequence, "amount"))
            .Text(Column(sequence, "reference")).Int32((int)Number(sequence, "idx")).Byte((byte)Number(sequence, "kind"))
            .Int32((int)Number(sequence, "length(body)")).Bytes(SHA256.HashData(Blob(sequence, "body"))).Hash();
        var previous = before == 0 ? new byte[32] : Blob(before, "hash");
        Assert.Equal(previous, Blob(sequence, "previous_hash"));
        Assert.Equal(
            new Input("betar.ledger.entry.1").Bytes(content).Int64(sequence).Int64(Number(sequence, "at")).Bytes(previous).Hash(),
            Blob(sequence, "hash"));
    }

    [Fact]
    public void The_head_runs_over_all_entries_in_the_order_of_their_sequence() =>
        Assert.Equal(Head(5), Hex("SELECT hex(accumulator) FROM ledger_head"));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 5)]
    public void A_checkpoint_covers_its_number_the_head_at_its_entry_the_one_before_and_its_signer(int number, int sequence)
    {
        Assert.Equal(Head(sequence), Checkpoint(number, "accumulator"));
        var previous = number == 1 ? new byte[32] : Checkpoint(number - 1, "hash");
        Assert.Equal(previous, Checkpoint(number, "previous_hash"));
        var at = RawFile.Number(folder.Database, $"SELECT at FROM ledger_checkpoint WHERE number={number}");
        var signer = RawFile.Text(folder.Database, $"SELECT signer FROM ledger_checkpoint WHERE number={number}");
        Assert.Equal(Signers.Number(1).Address.ToLowerHex(), signer);
        Assert.Equal(
            new Input("betar.ledger.checkpoint.1").Int64(number).Int64(sequence).Int64(at).Bytes(Head(sequence)).Bytes(previous)
                .Bytes(Convert.FromHexString(signer[2..])).Hash(),
            Checkpoint(number, "hash"));
    }

    [Fact]
    public void A_letter_that_moves_to_the_neighbouring_field_changes_the_hash()
    {
        Assert.NotEqual(Content("ab", "c"), Content("a", "bc"));
        Assert.NotEqual(Content("", "1000"), Content("1000", ""));
        Assert.Equal(Content("a", "b"), Content("a", "b"));

        static string Content(string agent, string reference)
        {
            using var encoded = new EncodedAppend(TestOrders.Append(TestOrders.Payment(1), 0, Reserved, 1, agent, reference));
            return encoded.Content.ToString();
        }
    }

    private byte[] Head(int sequence)
    {
        var head = new byte[32];
        for (var entry = 1; entry <= sequence; entry++)
            head = new Input("betar.ledger.head.1").Bytes(head).Bytes(Blob(entry, "hash")).Hash();
        return head;
    }

    private string Column(int sequence, string column) => RawFile.Text(folder.Database, $"SELECT {column} FROM ledger WHERE seq={sequence}");

    private long Number(int sequence, string column) => RawFile.Number(folder.Database, $"SELECT {column} FROM ledger WHERE seq={sequence}");

    private byte[] Blob(int sequence, string column) => Hex($"SELECT hex({column}) FROM ledger WHERE seq={sequence}");

    private byte[] Checkpoint(int number, string column) => Hex($"SELECT hex({column}) FROM ledger_checkpoint WHERE number={number}");

    private byte[] Hex(string sql) => Convert.FromHexString(RawFile.Text(folder.Database, sql));

    /// <summary>What goes into a hash: texts behind their length in four bytes, numbers big-endian.</summary>
    private sealed class Input
    {
        private readonly MemoryStream bytes = new();

        public Input(string domain) => bytes.Write(Encoding.UTF8.GetBytes(domain));

        public Input Text(string text)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            return Int32(utf8.Length).Bytes(utf8);
        }

        public Input Int32(int number)
        {
            Span<byte> buffer = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(buffer, number);
            bytes.Write(buffer);
            return this;
        }

        public Input Int64(long number)
        {
            Span<byte> buffer = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(buffer, number);
            bytes.Write(buffer);
            return this;
        }

        public Input Byte(byte number) => Bytes([number]);

        public Input Bytes(byte[] data)
        {
            bytes.Write(data);
            return this;
        }

        public byte[] Hash() => SHA256.HashData(bytes.ToArray());
    }
}
