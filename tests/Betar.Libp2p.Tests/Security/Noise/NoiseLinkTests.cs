using System.Security.Cryptography;
using Betar.Libp2p.Security.Noise;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Security.Noise;

public sealed class NoiseLinkTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(NoiseLink.MaxPlaintext)]
    [InlineData(NoiseLink.MaxPlaintext + 1)]
    [InlineData((3 * NoiseLink.MaxPlaintext) - 1)]
    public async Task What_is_written_is_read(int length)
    {
        var (left, right, _, _) = Pair();
        var sent = RandomNumberGenerator.GetBytes(length);

        var writing = left.WriteAsync(sent, default).AsTask();
        await left.WriteAsync(new byte[] { 1 }, default);
        var read = new byte[length + 1];
        await right.ReadExactlyAsync(read, default);

        await writing;
        Assert.Equal([.. sent, 1], read);
    }

    /// <summary>A byte at a time below, and still each message whole above.</summary>
    [Fact]
    public async Task Fragments_do_not_matter()
    {
        var (left, right, _, _) = Pair(new MemoryConditions { LargestRead = 1 });
        var sent = RandomNumberGenerator.GetBytes(5000);
        await left.WriteAsync(sent, default);

        var read = new byte[sent.Length];
        await right.ReadExactlyAsync(read, default);

        Assert.Equal(sent, read);
    }

    [Fact]
    public async Task An_empty_message_is_skipped_and_is_no_end()
    {
        var (left, right, _, _) = Pair();
        await left.WriteAsync(ReadOnlyMemory<byte>.Empty, default);
        await left.WriteAsync(ReadOnlyMemory<byte>.Empty, default);
        await left.WriteAsync(new byte[] { 42 }, default);

        Assert.Equal(42, (await right.ReceiveAsync(default)).Span[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(20)]
    public async Task A_changed_byte_is_refused(int position)
    {
        var (left, right, leftEnd, rightEnd) = Pair();
        var (tap, far) = Channels.Pair();
        var secret = new NoiseLink(new PlainLink(tap), new NoiseCipher(Key), new NoiseCipher(Key));
        await secret.WriteAsync(new byte[16], default);
        var message = new byte[34];
        await far.ReadExactlyAsync(message, default);
        message[position] ^= 0x01;

        await leftEnd.WriteAsync(message, default);
        await leftEnd.DisposeAsync();

        var refused = await Assert.ThrowsAsync<Libp2pException>(async () => await right.ReceiveAsync(default));
        Assert.Equal(position == 0 ? Libp2pError.ConnectionClosed : Libp2pError.SecurityFailed, refused.Code);
        Assert.Equal(0, rightEnd.Written);
        Assert.NotNull(left);
    }

    [Fact]
    public async Task A_repeated_message_is_refused()
    {
        var (_, right, leftEnd, _) = Pair();
        var (tap, far) = Channels.Pair();
        await new NoiseLink(new PlainLink(tap), new NoiseCipher(Key), new NoiseCipher(Key)).WriteAsync(new byte[] { 1 }, default);
        var message = new byte[19];
        await far.ReadExactlyAsync(message, default);

        await leftEnd.WriteAsync(message, default);
        await leftEnd.WriteAsync(message, default);

        Assert.Equal(1, (await right.ReceiveAsync(default)).Length);
        right.Consume(1);
        Assert.Equal(Libp2pError.SecurityFailed, (await Assert.ThrowsAsync<Libp2pException>(async () => await right.ReceiveAsync(default))).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public async Task A_message_without_room_for_its_tag_is_refused(int length)
    {
        var (_, right, leftEnd, _) = Pair();

        await leftEnd.WriteAsync((byte[])[0, (byte)length, .. new byte[length]], default);

        Assert.Equal(Libp2pError.SecurityFailed, (await Assert.ThrowsAsync<Libp2pException>(async () => await right.ReceiveAsync(default))).Code);
    }

    [Fact]
    public async Task An_end_between_messages_is_the_end_and_one_inside_is_a_break()
    {
        var (_, ended, leftEnd, _) = Pair();
        await leftEnd.DisposeAsync();
        Assert.True((await ended.ReceiveAsync(default)).IsEmpty);

        var (_, broken, otherEnd, _) = Pair();
        await otherEnd.WriteAsync(new byte[] { 0 }, default);
        await otherEnd.DisposeAsync();
        Assert.Equal(Libp2pError.ConnectionClosed, (await Assert.ThrowsAsync<Libp2pException>(async () => await broken.ReceiveAsync(default))).Code);
    }

    [Fact]
    public async Task The_last_nonce_is_never_used()
    {
        var (up, down) = Channels.Pair();
        var left = new NoiseLink(new PlainLink(up), new NoiseCipher(Key, ulong.MaxValue - 1), new NoiseCipher(Key));
        var right = new NoiseLink(new PlainLink(down), new NoiseCipher(Key), new NoiseCipher(Key, ulong.MaxValue - 1));
        await left.WriteAsync(new byte[] { 1 }, default);
        Assert.Equal(1, (await right.ReceiveAsync(default)).Length);
        right.Consume(1);

        Assert.Equal(Libp2pError.SecurityFailed, (await Assert.ThrowsAsync<Libp2pException>(async () => await left.WriteAsync(new byte[] { 1 }, default))).Code);
        await up.WriteAsync(new byte[20], default);
        Assert.Equal(Libp2pError.SecurityFailed, (await Assert.ThrowsAsync<Libp2pException>(async () => await right.ReceiveAsync(default))).Code);
    }

    private static (NoiseLink Left, NoiseLink Right, MemoryChannel LeftEnd, MemoryChannel RightEnd) Pair(MemoryConditions? conditions = null)
    {
        var (up, down) = Channels.Pair(up: conditions);
        return (
            new NoiseLink(new PlainLink(up), new NoiseCipher(Key), new NoiseCipher(Key)),
            new NoiseLink(new PlainLink(down), new NoiseCipher(Key), new NoiseCipher(Key)),
            up,
            down);
    }
}
