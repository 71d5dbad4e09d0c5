using Betar.Libp2p.Identity;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Upgrading;

namespace Betar.Libp2p.Tests.Support;

/// <summary>Two identities, and what it takes to upgrade connections between them.</summary>
internal sealed class UpgradePair : IDisposable
{
    private readonly Upgrader _dialer;
    private readonly Upgrader _listener;

    public UpgradePair(TaskScheduler scheduler, TimeProvider time, UpgradeOptions? dialer = null, UpgradeOptions? listener = null, YamuxOptions? yamux = null)
    {
        _dialer = new Upgrader(DialerKey, dialer ?? new UpgradeOptions(), yamux ?? YamuxOptions.Default, scheduler, time);
        _listener = new Upgrader(ListenerKey, listener ?? new UpgradeOptions(), yamux ?? YamuxOptions.Default, scheduler, time);
    }

    public UpgradePair(Simulated run, UpgradeOptions? dialer = null, UpgradeOptions? listener = null)
        : this(run.Scheduler, run.Time, dialer, listener)
    {
    }

    public IdentityKey DialerKey { get; } = IdentityKey.FromEd25519Seed(Seed(1));

    public IdentityKey ListenerKey { get; } = IdentityKey.FromEd25519Seed(Seed(2));

    public MemoryBudget Budget { get; } = new(1L << 30);

    public Task<UpgradedConnection> DialAsync(IByteChannel channel, PeerId? expected = null) =>
        _dialer.UpgradeAsync(channel, true, expected ?? ListenerKey.PeerId, Budget, default).AsTask();

    public Task<UpgradedConnection> AcceptAsync(IByteChannel channel) => _listener.UpgradeAsync(channel, false, null, Budget, default).AsTask();

    public async Task<(UpgradedConnection Dialer, UpgradedConnection Listener)> ConnectAsync(IByteChannel up, IByteChannel down)
    {
        var dialing = DialAsync(up);
        var accepting = AcceptAsync(down);
        return (await dialing, await accepting);
    }

    public void Dispose()
    {
        _dialer.Dispose();
        _listener.Dispose();
        DialerKey.Dispose();
        ListenerKey.Dispose();
    }

    private static byte[] Seed(byte value)
    {
        var seed = new byte[32];
        Array.Fill(seed, value);
        return seed;
    }
}
