using System.Buffers.Binary;
using System.Security.Cryptography;
using Betar.Libp2p.Security.Noise;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Tests.Security.Noise;

/// <summary>What stands where in the bytes: nonces, lengths, and messages that share a segment with the handshake.</summary>
public sealed class NoiseFramingTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    /// <summary>Four zero bytes and then the counter, least byte first: told apart from the other order by the second message already.</summary>
    [Theory]
    [InlineData(0ul, "000000000000000000000000")]
    [InlineData(1ul, "000000000100000000000000")]
    [InlineData(256ul, "000000000001000000000000")]
    [InlineData(0x0102030405060708ul, "000000000807060504030201")]
    [InlineData(ulong.MaxValue - 1, "00000000feffffffffffffff")]
    public void The_nonce_counts_with_its_least_byte_first(ulong counter, string nonce)
    {
        using var ours = new NoiseCipher(Key, counter);
        using var theirs = new ChaCha20Poly1305(Key);
        var message = new byte[5 + NoiseCipher.TagSize];
        ours.Encrypt("head"u8, "hello"u8, message);

        var plaintext = new byte[5];
        theirs.Decrypt(Convert.FromHexString(nonce), message.AsSpan(0, 5), message.AsSpan(5), plaintext, "head"u8);
        Assert.Equal("hello"u8, plaintext);
    }

    [Fact]
    public void A_nonce_is_spent_by_a_message_that_was_refused_too()
    {
        using var sender = new NoiseCipher(Key);
        using var receiver = new NoiseCipher(Key);
        var first = new byte[17];
        var second = new byte[17];
        sender.Encrypt([], [1], first);
        sender.Encrypt([], [2], second);
        var bent = (byte[])first.Clone();
        bent[0] ^= 1;

        Assert.False(receiver.TryDecrypt([], bent, new byte[1]));
        Assert.False(receiver.TryDecrypt([], first, new byte[1]));
        Assert.False(receiver.TryDecrypt([], first.AsSpan(0, 15), new byte[1]));
    }

    /// <summary>A signed length would be negative here, and a length with its bytes swapped would be a small one.</summary>
    [Theory]
    [InlineData(0xFFFF)]
    [InlineData(0x8000)]
    [InlineData(0x1001)]
    public async Task The_length_of_a_handshake_message_is_unsigned_and_its_great_byte_first(int length)
    {
        await using var raw = new RawNoise(sessionDials: false);
        var head = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)length);

        await raw.SendRawAsync(head);

        Assert.Equal(Libp2pError.LimitExceeded, await raw.RefusalAsync());
    }

    [Theory]
    [InlineData(0x7FFF)]
    [InlineData(0x8000)]
    [InlineData(0xFFFF)]
    public async Task Messages_of_every_length_up_to_65535_are_read(int length)
    {
        var (left, right) = Channels.Pair();
        var sender = new NoiseLink(new PlainLink(left), new NoiseCipher(Key), new NoiseCipher(Key));
        var receiver = new NoiseLink(new PlainLink(right), new NoiseCipher(Key), new NoiseCipher(Key));
        var sent = RandomNumberGenerator.GetBytes(length - NoiseCipher.TagSize);

        var writing = sender.WriteAsync(sent, default).AsTask();
        var whole = await receiver.ReceiveAsync(default);

        Assert.True(whole.Span.SequenceEqual(sent));
        await writing;
    }

    /// <summary>A dialer may send its last handshake message and its first bytes in one segment; none may be lost between the layers.</summary>
    [Fact]
    public async Task What_comes_in_one_segment_with_the_last_handshake_message_is_not_lost()
    {
        await using var raw = new RawNoise(sessionDials: false);
        await raw.SendAsync(raw.Handshake.Write([]));
        raw.Handshake.Read(await raw.ReceiveAsync());
        var last = raw.Handshake.Write(RawNoise.Right(raw));
        var (send, _) = raw.Handshake.Split();
        var (empty, first) = (new byte[NoiseCipher.TagSize], new byte[3 + NoiseCipher.TagSize]);
        send.Encrypt([], [], empty);
        send.Encrypt([], [7, 8, 9], first);

        await raw.SendRawAsync([.. Framed(last), .. Framed(empty), .. Framed(first)]);

        Assert.Equal([7, 8, 9], (await (await raw.Session).Link.ReceiveAsync(default)).ToArray());
    }

    private static byte[] Framed(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];
}
