using System.Text;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Negotiation;

/// <summary>Whatever is proposed and served: the first proposal that is served, at any fragmentation, and the bytes behind it untouched.</summary>
public sealed class MultistreamModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_first_proposal_that_is_served_wins(int batch) => Assert.All(Enumerable.Range(batch * 50, 50), seed => Simulated.Run(seed, async run =>
    {
        var random = new Random(seed);
        string[] proposals = [.. Enumerable.Range(0, random.Next(1, 17)).Select(_ => Name(random))];
        var served = Enumerable.Range(0, random.Next(6)).Select(_ => Name(random)).ToHashSet();
        var expected = proposals.FirstOrDefault(served.Contains);
        var conditions = new MemoryConditions { LargestRead = random.Next(1, 40) };
        var (up, down) = Channels.Pair(run.Time, conditions, seed: seed);
        var answering = MultistreamSelect.AnswerAsync(down, served.Contains, MultistreamOptions.Default, default).AsTask();

        Assert.Equal(expected, await MultistreamSelect.SelectAsync(up, proposals, MultistreamOptions.Default, default));
        if (expected is null)
        {
            await up.DisposeAsync();
            Assert.Null(await answering);
            return;
        }

        byte[] behind = [.. Enumerable.Range(0, 50).Select(i => (byte)i)];
        await up.WriteAsync(behind, default);
        Assert.Equal(expected, await answering);
        var read = new byte[behind.Length];
        await down.ReadExactlyAsync(read, default);
        Assert.Equal(behind, read);
    }));

    /// <summary>Everything that the dialer has to say in one write: header, refused proposals, the one that is taken, and its first bytes.</summary>
    [Fact]
    public void All_at_once_is_as_good_as_one_by_one() => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        var answering = MultistreamSelect.AnswerAsync(down, static id => id == "/c", MultistreamOptions.Default, default).AsTask();
        await up.WriteAsync((byte[])[.. Message("/multistream/1.0.0"), .. Message("/a"), .. Message("/b"), .. Message("/c"), 1, 2, 3], default);

        Assert.Equal("/c", await answering);
        var rest = new byte[3];
        await down.ReadExactlyAsync(rest, default);
        Assert.Equal([1, 2, 3], rest);
        byte[] answer = [.. Message("/multistream/1.0.0"), .. Message("na"), .. Message("na"), .. Message("/c")];
        var answered = new byte[answer.Length];
        await up.ReadExactlyAsync(answered, default);
        Assert.Equal(answer, answered);
    });

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void The_sixteenth_proposal_is_the_last_that_is_heard(int place, bool heard) => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        var answering = MultistreamSelect.AnswerAsync(down, static id => id == "/wanted", MultistreamOptions.Default, default).AsTask();
        await up.WriteAsync(
            (byte[])[.. Message("/multistream/1.0.0"), .. Enumerable.Range(1, place - 1).SelectMany(i => Message("/no/" + i)), .. Message("/wanted")], default);

        if (heard)
            Assert.Equal("/wanted", await answering);
        else
            Assert.Equal(Libp2pError.LimitExceeded, (await Assert.ThrowsAsync<Libp2pException>(() => answering)).Code);
    });

    [Theory]
    [InlineData("00")] // a message without its newline
    [InlineData("8000")] // a length in a second spelling
    [InlineData("ffffffffffffffffff01")] // a length that is none
    [InlineData("0161")] // no newline at the end
    public void What_is_no_message_ends_the_negotiation(string hex) => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        var answering = MultistreamSelect.AnswerAsync(down, static _ => true, MultistreamOptions.Default, default).AsTask();
        await up.WriteAsync((byte[])[.. Message("/multistream/1.0.0"), .. Convert.FromHexString(hex)], default);
        await up.DisposeAsync();

        var error = await Assert.ThrowsAsync<Libp2pException>(() => answering);
        Assert.Contains(error.Code, new[] { Libp2pError.Malformed, Libp2pError.LimitExceeded });
    });

    private static string Name(Random random) => "/" + (char)('a' + random.Next(8)) + new string('x', random.Next(3));

    private static byte[] Message(string text)
    {
        var length = new byte[Varint.MaxLength];
        return [.. length[..Varint.Write(length, (ulong)text.Length + 1)], .. Encoding.UTF8.GetBytes(text), (byte)'\n'];
    }
}
