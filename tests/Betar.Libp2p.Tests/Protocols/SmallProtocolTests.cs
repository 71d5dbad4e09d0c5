using Betar.Libp2p.Protocols;
using Betar.Libp2p.Protocols.Perf;
using Betar.Libp2p.Protocols.Ping;
using Betar.Libp2p.Scheduling;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Protocols;

public sealed class SmallProtocolTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(300_000, 200_000)]
    public void Perf_gives_as_much_as_was_asked_for(long upload, long download) => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithPerf());
        await using var stream = await pair.OpenAsync(PerfProtocol.Id);

        Assert.True(await PerfProtocol.MeasureAsync(stream, upload, download, default));
    });

    [Fact]
    [Hits(PerfProtocol.DownloadLimit)]
    public void Perf_does_not_give_more_than_allowed() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithPerf().Configure(options => options.Perf.MaxDownloadBytes = 100));
        await using var stream = await pair.OpenAsync(PerfProtocol.Id);

        await Assert.ThrowsAsync<Libp2pException>(() => PerfProtocol.MeasureAsync(stream, 0, 101, default));
        Assert.Equal(1, pair.Listener.LimitHits[PerfProtocol.DownloadLimit]);
    });

    [Fact]
    public void Perf_refuses_half_a_request() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithPerf());
        await using var stream = await pair.OpenAsync(PerfProtocol.Id);
        await stream.WriteAsync(new byte[7]);
        await stream.CloseWriteAsync();

        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(stream.ReadAsync(new byte[1]).AsTask()));
    });

    [Fact]
    public void A_ping_that_is_answered_with_something_else_ends_the_session() => Ping(
        async stream =>
        {
            var bytes = new byte[32];
            await stream.ReadFullyAsync(bytes);
            bytes[31] ^= 1;
            await stream.WriteAsync(bytes);
        },
        async (_, ping) => Assert.Equal(Libp2pError.Malformed, await CodeAsync(ping.PingAsync())));

    [Fact]
    public void A_ping_whose_answer_ends_early_ends_the_session() => Ping(
        stream => stream.WriteAsync(new byte[31]).AsTask(),
        async (_, ping) => Assert.Equal(Libp2pError.Malformed, await CodeAsync(ping.PingAsync())));

    [Fact]
    public void A_ping_that_is_not_answered_ends_after_ten_seconds() => Ping(
        stream => stream.ReadFullyAsync(new byte[33]).AsTask(),
        async (run, ping) =>
        {
            var before = run.Time.GetUtcNow();
            Assert.Equal(Libp2pError.Timeout, await CodeAsync(ping.PingAsync()));
            Assert.Equal(TimeSpan.FromSeconds(10), run.Time.GetUtcNow() - before);
        });

    [Fact]
    public void A_ping_of_31_bytes_is_refused() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var stream = await pair.OpenAsync(PingProtocol.Id);
        await stream.WriteAsync(new byte[31]);
        await stream.CloseWriteAsync();

        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(stream.ReadAsync(new byte[1]).AsTask()));
    });

    [Fact]
    public void Pinging_may_go_on_for_long_and_stops_when_the_peer_has_had_enough() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await pair.Dialer.ConnectAsync(pair.Address);
        await using var ping = await pair.Dialer.OpenPingAsync(pair.Listener.PeerId);
        for (var i = 0; i < 5; i++)
        {
            await ping.PingAsync();
            await run.Wait(TimeSpan.FromSeconds(40));
        }

        await run.Wait(TimeSpan.FromSeconds(60));
        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(ping.PingAsync()));
    });

    [Fact]
    public void A_request_has_a_response() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.HandleRequests(
            "/upper", (peer, request, _) => new(System.Text.Encoding.ASCII.GetBytes(System.Text.Encoding.ASCII.GetString(request.Span).ToUpperInvariant()))));
        await pair.Dialer.ConnectAsync(pair.Address);

        Assert.Equal("HELLO"u8.ToArray(), await pair.Dialer.RequestAsync(pair.Listener.PeerId, "/upper", "hello"u8.ToArray()));
        Assert.Empty(await pair.Dialer.RequestAsync(pair.Listener.PeerId, "/upper", ReadOnlyMemory<byte>.Empty));
    });

    [Theory]
    [InlineData(5000, true)]
    [InlineData(5001, false)]
    public void A_response_is_bounded(int length, bool taken) => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.HandleRequests("/long", (_, _, _) => new(new byte[length])));
        await pair.Dialer.ConnectAsync(pair.Address);
        var request = pair.Dialer.RequestAsync(pair.Listener.PeerId, "/long", new byte[1], new RequestOptions { MaxBytes = 5000 });

        if (taken)
            Assert.Equal(length, (await request).Length);
        else
            Assert.Equal(Libp2pError.LimitExceeded, await CodeAsync(request));
    });

    [Fact]
    public void A_request_is_bounded() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.HandleRequests(
            "/short", (_, request, _) => new(request), new RequestOptions { MaxBytes = 10 }));
        await pair.Dialer.ConnectAsync(pair.Address);

        Assert.Equal(10, (await pair.Dialer.RequestAsync(pair.Listener.PeerId, "/short", new byte[10])).Length);
        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(pair.Dialer.RequestAsync(pair.Listener.PeerId, "/short", new byte[11])));
        Assert.Equal(1, pair.Listener.LimitHits[LengthPrefixed.LengthLimit]);
    });

    [Fact]
    public void A_response_that_does_not_come_is_not_waited_for() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.HandleRequests("/never", async (_, _, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, run.Time, token);
            return ReadOnlyMemory<byte>.Empty;
        }));
        await pair.Dialer.ConnectAsync(pair.Address);
        var before = run.Time.GetUtcNow();

        var request = pair.Dialer.RequestAsync(pair.Listener.PeerId, "/never", new byte[1], new RequestOptions { Timeout = TimeSpan.FromSeconds(3) });

        Assert.Equal(Libp2pError.Timeout, await CodeAsync(request));
        Assert.Equal(TimeSpan.FromSeconds(3), run.Time.GetUtcNow() - before);
    });

    [Fact]
    public void A_caller_who_gives_up_is_told_so() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.Handle("/never", (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, run.Time, token)));
        await pair.Dialer.ConnectAsync(pair.Address);
        using var caller = new CancellationTokenSource(TimeSpan.FromSeconds(1), run.Time);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pair.Dialer.RequestAsync(pair.Listener.PeerId, "/never", new byte[1], null, caller.Token));
    });

    [Theory]
    [InlineData("", null)]
    [InlineData("00", "")]
    [InlineData("03010203", "010203")]
    public async Task Messages_behind_their_length(string hex, string? message) =>
        Assert.Equal(message, await LengthPrefixed.ReadAsync(new MemoryStream(Convert.FromHexString(hex)), 10, default) is { } read ? Convert.ToHexStringLower(read) : null);

    [Theory]
    [InlineData("80", Libp2pError.Malformed)]
    [InlineData("8000", Libp2pError.Malformed)]
    [InlineData("ffffffffffffffffff01", Libp2pError.Malformed)]
    [InlineData("0301", Libp2pError.Malformed)]
    [InlineData("0b0102030405060708090a0b", Libp2pError.LimitExceeded)]
    [InlineData("ffffffffffffffff7f", Libp2pError.LimitExceeded)]
    public async Task What_is_no_message_behind_its_length(string hex, Libp2pError code) =>
        Assert.Equal(code, await CodeAsync(LengthPrefixed.ReadAsync(new MemoryStream(Convert.FromHexString(hex)), 10, default).AsTask()));

    [Fact]
    public async Task A_message_that_is_written_reads_back()
    {
        var stream = new MemoryStream();
        await LengthPrefixed.WriteAsync(stream, new byte[300], default);
        Assert.Equal(302, stream.Length);
        stream.Position = 0;
        Assert.Equal(300, (await LengthPrefixed.ReadAsync(stream, 300, default))!.Length);
    }

    private static void Ping(Func<Libp2pStream, Task> answer, Func<Simulated, PingSession, Task> body) => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.Handle("/bad-ping", (stream, _) => answer(stream)));
        await using var stream = await pair.OpenAsync("/bad-ping");
        await using var ping = new PingSession(stream, new PingOptions(), run.Time);
        await body(run, ping);
    });

    private static async Task<Libp2pError> CodeAsync(Task task) => (await Assert.ThrowsAsync<Libp2pException>(() => task)).Code;
}
