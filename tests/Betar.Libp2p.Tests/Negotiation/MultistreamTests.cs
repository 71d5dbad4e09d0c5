using System.Text;
using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Negotiation;

public sealed class MultistreamTests
{
    private static readonly MultistreamOptions Options = MultistreamOptions.Default;

    [Fact]
    public void Messages_have_the_bytes_of_the_specification()
    {
        Assert.Equal("132f6d756c746973747265616d2f312e302e300a", Convert.ToHexStringLower(MultistreamMessage.Encode(MultistreamMessage.Header)));
        Assert.Equal("036e610a", Convert.ToHexStringLower(MultistreamMessage.Encode("na")));
        Assert.Equal("072f6e6f6973650a", Convert.ToHexStringLower(MultistreamMessage.Encode("/noise")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void The_first_supported_proposal_wins_and_the_bytes_behind_it_stay(int largestRead) => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time, new MemoryConditions { LargestRead = largestRead });
        var answering = MultistreamSelect.AnswerAsync(down, static id => id is "/b" or "/c", Options, default).AsTask();

        Assert.Equal("/b", await MultistreamSelect.SelectAsync(up, ["/a", "/b", "/c"], Options, default));
        await up.WriteAsync(new byte[] { 1, 2, 3 }, default);

        Assert.Equal("/b", await answering);
        var rest = new byte[3];
        await down.ReadExactlyAsync(rest, default);
        Assert.Equal([1, 2, 3], rest);
    });

    [Fact]
    public void When_nothing_is_supported_both_sides_know() => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        var answering = MultistreamSelect.AnswerAsync(down, static _ => false, Options, default).AsTask();

        Assert.Null(await MultistreamSelect.SelectAsync(up, ["/a", "/b"], Options, default));
        await up.DisposeAsync();

        Assert.Null(await answering);
    });

    [Fact]
    public void A_dialer_that_resets_its_stream_after_a_refusal_has_given_up() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var outgoing = await pair.Dialer.OpenStreamAsync(default);
        var answering = run.Start(async () =>
        {
            var incoming = (await pair.Listener.AcceptStreamAsync(default))!;
            Assert.Null(await MultistreamSelect.AnswerAsync(incoming, static _ => false, Options, default));
        });

        Assert.Null(await MultistreamSelect.SelectAsync(outgoing, ["/a"], Options, default));
        outgoing.Reset();

        await answering;
    });

    [Fact]
    public void A_dialer_that_waits_for_our_header_gets_it() => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        var answering = MultistreamSelect.AnswerAsync(down, static id => id == "/a", Options, default).AsTask();
        await up.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header), default);
        await MultistreamMessage.ExpectHeaderAsync(up, Options, default);

        await up.WriteAsync(MultistreamMessage.Encode("/a"), default);

        Assert.Equal("/a", await MultistreamMessage.ReadAsync(up, Options, default));
        Assert.Equal("/a", await answering);
    });

    [Fact]
    public void Header_and_answer_travel_in_one_write() => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        await up.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header, "/a"), default);

        await MultistreamSelect.AnswerAsync(down, static _ => true, Options, default);

        var buffer = new byte[100];
        Assert.Equal(MultistreamMessage.Encode(MultistreamMessage.Header, "/a").Length, await up.ReadAsync(buffer, default));
    });

    [Theory]
    [InlineData("00", Libp2pError.Malformed, "an empty message")]
    [InlineData("8100", Libp2pError.Malformed, "a length with a useless zero")]
    [InlineData("026e61", Libp2pError.Malformed, "a line that does not end")]
    [InlineData("8108", Libp2pError.LimitExceeded, "a message of 1025 bytes")]
    [InlineData("ffffffffffffffff7f", Libp2pError.LimitExceeded, "a length of nine bytes")]
    [InlineData("142f6d756c746973747265616d2f312e302e310a0a", Libp2pError.Malformed, "another header")]
    [InlineData("13", Libp2pError.ConnectionClosed, "an end in the middle")]
    [InlineData("ff", Libp2pError.ConnectionClosed, "an end inside the length")]
    public void What_is_no_negotiation_is_refused(string hex, Libp2pError code, string what) => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        await up.WriteAsync(Convert.FromHexString(hex), default);
        await up.DisposeAsync();

        var refused = await Assert.ThrowsAsync<Libp2pException>(async () => await MultistreamSelect.AnswerAsync(down, static _ => true, Options, default));

        Assert.True(refused.Code == code, what);
    });

    [Fact]
    public void The_longest_message_is_accepted() => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        var longest = "/" + new string('x', Options.MaxMessage - 2);
        await up.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header, longest), default);

        Assert.Equal(longest, await MultistreamSelect.AnswerAsync(down, static _ => true, Options, default));
    });

    [Fact]
    public void Proposals_without_end_are_cut_off() => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        var many = Enumerable.Range(0, Options.MaxProposals + 1).Select(i => $"/{i}").ToArray();
        await up.WriteAsync(MultistreamMessage.Encode([MultistreamMessage.Header, .. many]), default);

        var refused = await Assert.ThrowsAsync<Libp2pException>(async () => await MultistreamSelect.AnswerAsync(down, static _ => false, Options, default));

        Assert.Equal(Libp2pError.LimitExceeded, refused.Code);
    });

    [Fact]
    public void An_answer_that_is_neither_echo_nor_refusal_is_malformed() => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        await down.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header, "/other"), default);

        var refused = await Assert.ThrowsAsync<Libp2pException>(async () => await MultistreamSelect.SelectAsync(up, ["/a"], Options, default));

        Assert.Equal(Libp2pError.Malformed, refused.Code);
    });

    [Fact]
    public void Text_that_is_not_UTF_8_is_no_protocol_that_anybody_supports() => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        var answering = MultistreamSelect.AnswerAsync(down, static id => Encoding.UTF8.GetBytes(id).Length == 2, Options, default).AsTask();

        await up.WriteAsync((byte[])[.. MultistreamMessage.Encode(MultistreamMessage.Header), 3, 0xC3, 0x28, (byte)'\n'], default);
        await MultistreamMessage.ExpectHeaderAsync(up, Options, default);

        Assert.Equal("na", await MultistreamMessage.ReadAsync(up, Options, default));
        await up.DisposeAsync();
        Assert.Null(await answering);
    });
}
