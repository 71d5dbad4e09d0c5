using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Storage;

public sealed class RecordReaderTests
{
    static readonly byte[] _long = [.. Enumerable.Repeat((byte)9, 200_000)];

    static ReadOnlyMemory<byte> Payload(RecordWriter writer) => writer.End()[RecordFrame.HeaderSize..].ToArray();

    [Fact]
    public void What_was_written_is_read()
    {
        var writer = new RecordWriter();
        for (var round = 0; round < 2; round++)
        {
            writer.Begin(RecordKind.Block);
            writer.Add((byte)7);
            writer.Add(uint.MaxValue);
            writer.Add(ulong.MaxValue - 1);
            writer.Add(TestKeys.Usdc);
            writer.Add(TestKeys.NonceOf("x"));
            writer.Add("text ₮");
            writer.Add(_long);
            writer.Add(ReadOnlySpan<byte>.Empty);

            var reader = new RecordReader(Payload(writer));
            Assert.Equal((byte)RecordKind.Block, reader.ReadByte());
            Assert.Equal(7, reader.ReadByte());
            Assert.Equal(uint.MaxValue, reader.ReadUInt32());
            Assert.Equal(ulong.MaxValue - 1, reader.ReadUInt64());
            Assert.Equal(TestKeys.Usdc, reader.ReadAddress());
            Assert.Equal(TestKeys.NonceOf("x"), reader.ReadHash32());
            Assert.Equal("text ₮", reader.ReadString());
            Assert.Equal(_long, reader.ReadBytes().ToArray());
            Assert.False(reader.IsAtEnd);
            Assert.Equal(0, reader.ReadBytes().Length);
            Assert.True(reader.IsAtEnd);
        }
    }

    [Fact]
    public void Reading_past_the_end_is_damage()
    {
        static void IsDamage(byte[] payload, Action<RecordReader> read) =>
            Assert.Equal(DevnetOpenFault.Corrupt, Assert.Throws<DevnetOpenException>(() => read(new RecordReader(payload))).Fault);

        IsDamage([], reader => reader.ReadByte());
        IsDamage(new byte[3], reader => reader.ReadUInt32());
        IsDamage(new byte[7], reader => reader.ReadUInt64());
        IsDamage(new byte[19], reader => reader.ReadAddress());
        IsDamage(new byte[31], reader => reader.ReadHash32());
        IsDamage([2, 0, 0, 0, 1], reader => reader.ReadBytes());
        IsDamage([0xff, 0xff, 0xff, 0xff, 1], reader => reader.ReadBytes());
        IsDamage([1, 0, 0, 0], reader => reader.ReadString());
    }
}
