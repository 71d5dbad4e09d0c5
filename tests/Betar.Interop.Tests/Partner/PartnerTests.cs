namespace Betar.Interop.Tests.Partner;

/// <summary>The partner against itself: what it cannot do with its own kind proves nothing about us.</summary>
[Collection(PartnerCollection.Name)]
public sealed class PartnerTests(PartnerFixture partner)
{
    [Theory]
    [InlineData("noise", true, "/ip4/127.0.0.1/tcp/0", "/noise")]
    [InlineData("noise", false, "/ip4/127.0.0.1/tcp/0/ws", "/noise")]
    [InlineData("tls", true, "/ip4/127.0.0.1/tcp/0/ws", "/tls/1.0.0")]
    [InlineData("tls", false, "/ip4/127.0.0.1/tcp/0", "/tls/1.0.0")]
    public async Task It_speaks_to_its_own_kind(string security, bool earlyMuxer, string listen, string expected)
    {
        await using var listener = await partner.StartAsync(new { security = new[] { security }, earlyMuxer, listen = new[] { listen } });
        await using var dialler = await partner.StartAsync(new { security = new[] { "noise", "tls" }, listen = Array.Empty<string>() });

        var connection = await dialler.DialAsync(listener.Address);
        var echo = await dialler.AskAsync("echo", new { peer = listener.PeerId, length = 300_000 });

        Assert.Equal((expected, "/yamux/1.0.0", listener.PeerId), (connection.Text("encryption"), connection.Text("multiplexer"), connection.Text("peer")));
        Assert.True(echo.Is("same"));
    }

    [Fact]
    public async Task Its_pattern_is_ours()
    {
        await using var listener = await partner.StartAsync();
        await using var dialler = await partner.StartAsync(new { listen = Array.Empty<string>() });
        await dialler.DialAsync(listener.Address);

        var stream = await dialler.OpenAsync(listener.PeerId, "/interop/source/1.0.0");
        await stream.SendAsync([0, 0, 0, 7, 0, 0, 3, 232]);

        Assert.Equal(Pattern.Create(1000, 7), await stream.ReadAllAsync());
    }

    [Fact]
    public async Task What_it_cannot_do_is_an_error_with_a_name()
    {
        await using var node = await partner.StartAsync();

        var unknown = await Assert.ThrowsAsync<PartnerException>(() => node.AskAsync("no-such-command"));
        var unreachable = await Assert.ThrowsAsync<PartnerException>(() => node.DialAsync("/ip4/127.0.0.1/tcp/1"));

        Assert.Contains("no-such-command", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("ECONNREFUSED", unreachable.Message, StringComparison.Ordinal);
    }
}
