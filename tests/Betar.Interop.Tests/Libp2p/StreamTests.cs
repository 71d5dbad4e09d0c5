using System.Text;
using System.Text.Json.Nodes;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p;

namespace Betar.Interop.Tests.Libp2p;

/// <summary>The life of streams: who closes which direction first, who breaks off, what is not served.</summary>
public sealed class StreamTests(PartnerFixture partner) : InteropCase(partner)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_answer_after_our_half_close(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);
        await using var stream = await pair.Ours.Host.OpenStreamAsync(pair.TheirId, [Served.Digest], Patience);

        await stream.WriteAsync("abc"u8.ToArray(), Patience);
        await stream.CloseWriteAsync(Patience);

        Assert.Equal(3, JsonNode.Parse(await Served.ReadAllAsync(stream, Patience))!.AsObject().Int("bytes"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task We_answer_after_their_half_close(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);
        var stream = await pair.Theirs.OpenAsync(pair.Ours.PeerId, Served.Digest);

        await stream.SendAsync("abc"u8);
        await stream.CloseWriteAsync();

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", JsonNode.Parse(await stream.ReadAllAsync())!.AsObject().Text("sha256"));
    }

    [Fact]
    public async Task They_half_close_first_and_still_read_us()
    {
        await using var pair = await ConnectAsync();
        await using (var stream = await pair.Ours.Host.OpenStreamAsync(pair.TheirId, [Served.HalfCloseFirst], Patience))
        {
            await stream.WriteAsync("b"u8.ToArray(), Patience);
            Assert.Equal("hello", Encoding.UTF8.GetString(await Served.ReadAllAsync(stream, Patience)));
            await stream.WriteAsync("ye"u8.ToArray(), Patience);
            await stream.CloseWriteAsync(Patience);
        }

        Assert.Equal("bye", (await pair.Theirs.AskAsync("stateOf", new { key = "halfClosed" })).Text("value"));
    }

    [Fact]
    public async Task We_half_close_first_and_still_read_them()
    {
        await using var pair = await ConnectAsync(weDial: false);
        var stream = await pair.Theirs.OpenAsync(pair.Ours.PeerId, Served.HalfCloseFirst);

        Assert.Equal("hello"u8.ToArray(), await stream.ReadAllAsync());
        await stream.SendAsync("bye"u8);
        await stream.CloseWriteAsync();

        Assert.Equal("bye"u8.ToArray(), await pair.Ours.Served.AfterHalfClose.Task.WaitAsync(Patience));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Their_reset_reaches_us(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);
        var stream = await pair.Ours.Host.OpenStreamAsync(pair.TheirId, [Served.Reset], Patience);
        await stream.WriteAsync("x"u8.ToArray(), Patience);

        var ended = await Assert.ThrowsAsync<Libp2pException>(() => Served.ReadAllAsync(stream, Patience));

        Assert.Equal(Libp2pError.StreamReset, ended.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Our_reset_reaches_them(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);
        var stream = await pair.Theirs.OpenAsync(pair.Ours.PeerId, Served.Reset);

        await stream.SendAsync("x"u8);

        Assert.Equal("StreamResetError", await stream.EndingAsync());
    }

    [Fact]
    public async Task Our_reset_of_a_stream_that_we_opened_reaches_them()
    {
        await using var pair = await ConnectAsync();
        var stream = await pair.Ours.Host.OpenStreamAsync(pair.TheirId, [Served.Silent], Patience);
        await stream.WriteAsync("x"u8.ToArray(), Patience);
        await pair.Theirs.AskAsync("stateOf", new { key = "silentBegin" });

        stream.Reset();

        Assert.Equal("StreamResetError", (await pair.Theirs.AskAsync("stateOf", new { key = "silentEnd" })).Text("value"));
    }

    [Fact]
    public async Task Their_reset_of_a_stream_that_they_opened_reaches_us()
    {
        await using var pair = await ConnectAsync(weDial: false);
        var stream = await pair.Theirs.OpenAsync(pair.Ours.PeerId, Served.Silent);
        await stream.SendAsync("x"u8);

        await stream.ResetAsync();

        Assert.Equal(Libp2pError.StreamReset, await pair.Ours.Served.SilentEnd.Task.WaitAsync(Patience));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_they_do_not_serve_we_are_told(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);

        var refusal = await Assert.ThrowsAsync<Libp2pException>(() => pair.Ours.Host.OpenStreamAsync(pair.TheirId, ["/interop/nobody/1"], Patience));

        Assert.Equal(Libp2pError.UnknownProtocol, refusal.Code);
        Assert.Single((await pair.Theirs.AskAsync("ping", new { peer = pair.Ours.PeerId }))["ms"]!.AsArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_we_do_not_serve_they_are_told(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);

        var refusal = await Assert.ThrowsAsync<PartnerException>(() => pair.Theirs.OpenAsync(pair.Ours.PeerId, "/interop/nobody/1"));

        Assert.Equal("UnsupportedProtocolError", refusal.Name);
    }

    [Fact]
    public async Task They_find_the_one_that_we_serve_among_many()
    {
        await using var pair = await ConnectAsync(weDial: false);

        Assert.Equal(Served.Echo, (await pair.Theirs.OpenAsync(pair.Ours.PeerId, "/no/1", "/no/2", Served.Echo)).Protocol);
    }

    [Fact]
    public async Task We_find_the_one_that_they_serve_among_many()
    {
        await using var pair = await ConnectAsync();
        await using var stream = await pair.Ours.Host.OpenStreamAsync(pair.TheirId, ["/no/1", "/no/2", Served.Echo], Patience);

        Assert.Equal(Served.Echo, stream.Protocol);
    }
}
