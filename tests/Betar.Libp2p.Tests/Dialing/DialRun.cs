using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Dialing;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Dialing;

/// <summary>A dialler on virtual time, over addresses whose behaviour the test says.</summary>
internal sealed class DialRun : IAddressDialer
{
    private readonly Simulated _run;
    private readonly Dictionary<string, Func<CancellationToken, Task>> _behaviours = [];
    private readonly DateTimeOffset _start;

    public DialRun(Simulated run, DialOptions? options = null, IConnectionGate? gate = null, CancellationToken host = default)
    {
        _run = run;
        _start = run.Time.GetUtcNow();
        Dialer = new Dialer(
            options ?? new DialOptions(), this, gate ?? OpenGate.Instance, (address, _) => new(new ResolvedAddresses([.. Resolve(address)], NameFailure)), Meter, run.Scheduler, run.Time, host);
    }

    public LimitMeter Meter { get; } = new();

    public Dialer Dialer { get; }

    public PeerId Peer { get; } = Somebody.Id(9);

    /// <summary>What was tried, and when, in milliseconds.</summary>
    public List<string> Tried { get; } = [];

    public List<PeerConnection> Opened { get; } = [];

    public int Running { get; private set; }

    public int MostRunning { get; private set; }

    public Func<Multiaddr, IEnumerable<Multiaddr>> Resolve { get; set; } = address => [address];

    public string? NameFailure { get; set; }

    public double Elapsed => (_run.Time.GetUtcNow() - _start).TotalMilliseconds;

    public DialRun Answers(string address, double milliseconds = 0) => Does(address, token => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), _run.Time, token));

    public DialRun Fails(string address, double milliseconds = 0, Libp2pError code = Libp2pError.Refused) => Does(address, async token =>
    {
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), _run.Time, token);
        throw new Libp2pException(code, address);
    });

    public DialRun Hangs(string address) => Does(address, token => Task.Delay(Timeout.InfiniteTimeSpan, _run.Time, token));

    public Task<PeerConnection> DialAsync(params string[] addresses) => DialAsync(default, addresses);

    public Task<PeerConnection> DialAsync(CancellationToken cancellationToken, params string[] addresses) =>
        Dialer.DialAsync(Peer, [.. addresses.Select(Multiaddr.Parse)], [], cancellationToken);

    public Task<PeerConnection> DialNamedAsync(params string[] addresses) => Dialer.DialAsync(Peer, [], [.. addresses.Select(Multiaddr.Parse)], default);

    public async Task<Libp2pError> ErrorAsync(Task<PeerConnection> dial) => (await Assert.ThrowsAsync<Libp2pException>(() => dial)).Code;

    bool IAddressDialer.CanDial(Multiaddr address) => address.Has(MultiaddrCode.Tcp);

    async Task<PeerConnection> IAddressDialer.DialAsync(PeerId peer, Multiaddr address, CancellationToken cancellationToken)
    {
        Tried.Add($"{address} {Elapsed}");
        Running++;
        MostRunning = Math.Max(MostRunning, Running);
        try
        {
            await _behaviours[address.ToString()](cancellationToken);
            var connection = Somebody.Connection(9, _run.Time, inbound: false);
            Opened.Add(connection);
            return connection;
        }
        finally
        {
            Running--;
        }
    }

    private DialRun Does(string address, Func<CancellationToken, Task> behaviour)
    {
        _behaviours[address] = behaviour;
        return this;
    }
}
