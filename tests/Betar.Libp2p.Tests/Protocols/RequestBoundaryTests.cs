using Betar.Libp2p.Identity;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Protocols.Perf;
using Betar.Libp2p.Protocols.Ping;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Protocols;

/// <summary>Requests and the small protocols exactly at their limits.</summary>
public sealed class RequestBoundaryTests
{
    private const string Echo = "/echo-requests";

    /// <summary>Around the sizes at which the buffer grows, up to the limit exactly.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(4094, 4095)]
    [InlineData(4095, 4095)]
    [InlineData(4096, 4096)]
    [InlineData(4097, 8192)]
    [InlineData(8191, 8192)]
    [InlineData(8192, 8192)]
    [InlineData(8193, 100_000)]
    [InlineData(300_000, 300_000)]
    [InlineData(5, int.MaxValue)]
    [InlineData(70_000, int.MaxValue)]
    public void What_is_within_the_limit_comes_back_whole(int length, int most) => Ask(most, async (pair, options) =>
    {
        byte[] request = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        Assert.Equal(request, await pair.Dialer.RequestAsync(pair.Listener.PeerId, Echo, request, options));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(8192)]
    public void One_byte_more_is_refused_on_either_side(int most) => Ask(most, async (pair, options) =>
    {
        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(pair.Dialer.RequestAsync(pair.Listener.PeerId, Echo, new byte[most + 1], options)));
        Assert.Equal(Libp2pError.LimitExceeded, await CodeAsync(pair.Dialer.RequestAsync(pair.Listener.PeerId, "/more", new byte[1], options)));
    });

    [Fact]
    public void The_handler_is_told_who_asks() => Simulated.Run(async run =>
    {
        PeerId? asked = null;
        await using var pair = await HostPair.StartAsync(run, listener => listener.HandleRequests("/who", (peer, request, _) =>
        {
            asked = peer;
            return new(request);
        }));
        await pair.Dialer.ConnectAsync(pair.Address);
        await pair.Dialer.RequestAsync(pair.Listener.PeerId, "/who", new byte[1]);
        Assert.Equal(pair.Dialer.PeerId, asked);
    });

    [Fact]
    public void A_handler_that_throws_resets_the_request_and_serves_the_next() => Simulated.Run(async run =>
    {
        var calls = 0;
        await using var pair = await HostPair.StartAsync(run, listener => listener.HandleRequests(
            "/first-fails", (_, request, _) => ++calls == 1 ? throw new InvalidOperationException("a bug") : new(request)));
        await pair.Dialer.ConnectAsync(pair.Address);

        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(pair.Dialer.RequestAsync(pair.Listener.PeerId, "/first-fails", new byte[3])));
        Assert.Equal(3, (await pair.Dialer.RequestAsync(pair.Listener.PeerId, "/first-fails", new byte[3])).Length);
        Assert.Single(pair.Dialer.Connections);
    });

    [Fact]
    public void A_request_that_never_ends_is_given_up_by_the_listener() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.HandleRequests(
            "/slow", (_, request, _) => new(request), new RequestOptions { Timeout = TimeSpan.FromSeconds(7) }));
        await using var stream = await pair.OpenAsync("/slow");
        await stream.WriteAsync(new byte[1]);
        var before = run.Time.GetUtcNow();

        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(stream.ReadAsync(new byte[1]).AsTask()));
        Assert.Equal(TimeSpan.FromSeconds(7), run.Time.GetUtcNow() - before);
    });

    [Fact]
    public void A_peer_that_goes_in_the_middle_of_a_request_is_one_error() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.Handle("/gone", (stream, token) => stream.ReadAsync(new byte[1], token).AsTask()));
        await pair.Dialer.ConnectAsync(pair.Address);
        var asking = pair.Dialer.RequestAsync(pair.Listener.PeerId, "/gone", ReadOnlyMemory<byte>.Empty);
        await pair.Listener.DisposeAsync();

        Assert.Contains(await CodeAsync(asking), new[] { Libp2pError.ConnectionClosed, Libp2pError.StreamReset });
    });

    [Theory]
    [InlineData(PingProtocol.Id, 2)]
    [InlineData(IdentifyService.PushId, 2)]
    [InlineData(PerfProtocol.Id, 4)]
    [InlineData("/app", 16)]
    public void Of_each_protocol_so_many_streams_of_a_peer_are_served_and_a_place_that_is_free_is_taken_again(string protocol, int most) => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithPerf().Handle("/app", (stream, token) => stream.ReadAsync(new byte[1], token).AsTask()));
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        await run.Wait(TimeSpan.FromSeconds(1));
        var first = await stranger.OpenAsync(protocol);
        for (var i = 1; i < most; i++)
            await stranger.OpenAsync(protocol);
        await Assert.ThrowsAsync<Libp2pException>(async () => await (await stranger.OpenAsync(protocol)).ReadAsync(new byte[1], default));
        Assert.Equal(1, pair.Listener.LimitHits["protocol_peer.inbound_streams"]);

        first.Reset();
        await run.Wait(TimeSpan.FromMilliseconds(100));
        await stranger.OpenAsync(protocol);
        Assert.Equal(1, pair.Listener.LimitHits["protocol_peer.inbound_streams"]);
    });

    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public void A_ping_stream_without_a_ping_lives_a_minute(int seconds, bool alive) => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var stream = await pair.OpenAsync(PingProtocol.Id);
        await stream.WriteAsync(new byte[32]);
        Assert.Equal(32, await stream.ReadAtLeastAsync(new byte[32], 32));
        await run.Wait(TimeSpan.FromSeconds(seconds));

        Assert.Equal(alive ? 0 : 1, pair.Listener.LimitHits.GetValueOrDefault("streams.idle_timeout"));
        if (!alive)
            return;
        await stream.WriteAsync(new byte[32]);
        Assert.Equal(32, await stream.ReadAtLeastAsync(new byte[32], 32));
    });

    private static void Ask(int most, Func<HostPair, RequestOptions, Task> body) => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener
            .HandleRequests(Echo, (_, request, _) => new(request), new RequestOptions { MaxBytes = most })
            .HandleRequests("/more", (_, _, _) => new(new byte[most + 1]), new RequestOptions { MaxBytes = most }));
        await pair.Dialer.ConnectAsync(pair.Address);
        await body(pair, new RequestOptions { MaxBytes = most });
    });

    private static async Task<Libp2pError> CodeAsync(Task task) => (await Assert.ThrowsAsync<Libp2pException>(() => task)).Code;
}
