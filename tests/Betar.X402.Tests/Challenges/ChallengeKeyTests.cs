using System.Security.Cryptography;
using Betar.X402.Challenges;

namespace Betar.X402.Tests.Challenges;

public sealed class ChallengeKeyTests
{
    private static readonly byte[] Bytes = RandomNumberGenerator.GetBytes(ChallengeKey.Size);

    [Fact]
    public void One_message_after_the_other_has_the_mac_of_its_own()
    {
        var key = New();
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];

        for (var length = 0; length < 300; length++)
        {
            var message = RandomNumberGenerator.GetBytes(length);

            Assert.True(key.TryComputeMac(message, mac));
            Assert.Equal(HMACSHA256.HashData(Bytes, message), mac.ToArray());
        }
    }

    /// <summary>Many at once must never share one prepared state.</summary>
    [Fact]
    public void Many_at_once_do_not_mix_their_messages()
    {
        var key = New();

        Parallel.For(0, 20_000, number =>
        {
            var (message, mac) = (BitConverter.GetBytes(number), new byte[HMACSHA256.HashSizeInBytes]);
            Assert.True(key.TryComputeMac(message, mac));
            Assert.Equal(HMACSHA256.HashData(Bytes, message), mac);
        });
    }

    [Fact]
    public void A_wiped_key_vouches_for_nothing_any_more()
    {
        var key = New();
        var mac = new byte[HMACSHA256.HashSizeInBytes];
        Assert.True(key.TryComputeMac([1], mac));

        key.Wipe();

        Assert.False(key.TryComputeMac([1], mac));
        Assert.NotEqual(HMACSHA256.HashData(Bytes, new byte[] { 1 }), mac);
        Assert.Equal(new byte[ChallengeKey.Size], key.Bytes.ToArray());
    }

    private static ChallengeKey New() => new(1, DateTimeOffset.UnixEpoch, Bytes);
}
