using Betar.Libp2p.Connections;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols.Ping;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Hosting;

/// <summary>Every code has an occasion on which an application meets it, and every refusal is a sentence.</summary>
public sealed class RefusalCodeTests
{
    private static readonly IReadOnlyDictionary<Libp2pError, Func<Simulated, Task<Libp2pException>>> Occasions =
        new Dictionary<Libp2pError, Func<Simulated, Task<Libp2pException>>>
        {
            [Libp2pError.Malformed] = run => WithAsync(run, async pair =>
            {
                await using var stream = await pair.OpenAsync("/half-a-ping");
                await using var ping = new PingSession(stream, new PingOptions(), run.Time);
                await ping.PingAsync();
            }),
            [Libp2pError.LimitExceeded] = run => WithAsync(
                run,
                async pair =>
                {
                    await using var one = await pair.OpenAsync("/waits");
                    await using var two = await pair.OpenAsync("/waits");
                },
                dialer => dialer.Configure(options => (options.Resources.Peer.OutboundStreams, options.IdentifyPeers) = (1, false))),
            [Libp2pError.Timeout] = run => WithAsync(run, async pair =>
            {
                await pair.Dialer.ConnectAsync(pair.Address);
                await pair.Dialer.RequestAsync(pair.Listener.PeerId, "/waits", new byte[1]);
            }),
            [Libp2pError.ConnectionClosed] = run => WithAsync(run, async pair =>
            {
                await using var stream = await pair.OpenAsync("/waits");
                await pair.Listener.DisconnectAsync(pair.Dialer.PeerId);
                _ = await stream.ReadAsync(new byte[1]);
            }),
            [Libp2pError.StreamReset] = run => WithAsync(run, async pair =>
            {
                await using var stream = await pair.OpenAsync("/resets");
                _ = await stream.ReadAsync(new byte[1]);
            }),
            [Libp2pError.UnknownProtocol] = run => WithAsync(run, pair => pair.OpenAsync("/nobody")),
            [Libp2pError.WrongPeer] = run => WithAsync(run, pair => pair.Dialer.ConnectAsync(pair.Address.WithPeer(Somebody.Id(9)))),
            [Libp2pError.NotDialable] = run => WithAsync(run, pair => pair.Dialer.ConnectAsync(Somebody.Id(9), [])),
            [Libp2pError.Gated] = run => WithAsync(run, pair => pair.Dialer.ConnectAsync(pair.Address), dialer => dialer.WithGate(new NoDials())),
            [Libp2pError.Refused] = run => WithAsync(run, pair => pair.Dialer.ConnectAsync(Multiaddr.Parse("/memory/999").WithPeer(Somebody.Id(9)))),
            [Libp2pError.Closed] = run => WithAsync(run, async pair =>
            {
                await pair.Dialer.StopAsync();
                await pair.Dialer.ConnectAsync(pair.Address);
            }),
            [Libp2pError.SecurityFailed] = async _ =>
            {
                await using var raw = new RawNoise(sessionDials: false);
                await raw.SendAsync(new byte[32]);
                return await Assert.ThrowsAsync<Libp2pException>(() => raw.Session);
            },
        };

    public static TheoryData<Libp2pError> Codes => [.. Occasions.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_occasion_has_its_code_and_one_sentence(Libp2pError code) => Simulated.Run(async run =>
    {
        var error = await Occasions[code](run);

        Assert.Equal(code, error.Code);
        Assert.False(string.IsNullOrWhiteSpace(error.Message));
        Assert.DoesNotContain('\n', error.Message);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    });

    /// <summary>Names that lead nowhere are asked for in the tests of the dialler, with a resolver of their own.</summary>
    [Fact]
    public void No_code_is_without_an_occasion() =>
        Assert.Equal([Libp2pError.NameNotResolved], Enum.GetValues<Libp2pError>().Except(Occasions.Keys));

    private static async Task<Libp2pException> WithAsync(Simulated run, Func<HostPair, Task> refused, Action<Libp2pHostBuilder>? dialer = null)
    {
        await using var pair = await HostPair.StartAsync(
            run,
            listener => listener
                .Handle("/waits", (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, run.Time, token))
                .Handle("/resets", (stream, _) =>
                {
                    stream.Reset();
                    return Task.CompletedTask;
                })
                .Handle("/half-a-ping", (stream, token) => stream.WriteAsync(new byte[31], token).AsTask()),
            dialer);
        return await Assert.ThrowsAsync<Libp2pException>(() => refused(pair));
    }

    private sealed class NoDials : IConnectionGate
    {
        public bool MayDial(PeerId peer) => false;
    }
}
