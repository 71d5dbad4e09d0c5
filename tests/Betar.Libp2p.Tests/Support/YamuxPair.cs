using Betar.Libp2p.Muxing;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Support;

/// <summary>Two yamux sessions over a connection in memory, without security.</summary>
internal sealed class YamuxPair : IAsyncDisposable
{
    private YamuxPair(YamuxConnection dialer, YamuxConnection listener, MemoryChannel up, MemoryChannel down) =>
        (Dialer, Listener, Up, Down) = (dialer, listener, up, down);

    public YamuxConnection Dialer { get; }

    public YamuxConnection Listener { get; }

    /// <summary>The dialer's end of the connection below.</summary>
    public MemoryChannel Up { get; }

    public MemoryChannel Down { get; }

    public static YamuxPair Create(
        TaskScheduler scheduler, TimeProvider time, MemoryConditions? conditions = null, YamuxOptions? options = null, int seed = 1, IMemoryBudget? budget = null)
    {
        var (up, down) = Channels.Pair(time, conditions, seed: seed);
        options ??= YamuxOptions.Default;
        budget ??= new MemoryBudget(1L << 30);
        return new YamuxPair(
            new YamuxConnection(new PlainLink(up), true, options, budget, scheduler, time),
            new YamuxConnection(new PlainLink(down), false, options, budget, scheduler, time),
            up,
            down);
    }

    public static YamuxPair Create(Simulated run, MemoryConditions? conditions = null, YamuxOptions? options = null, IMemoryBudget? budget = null) =>
        Create(run.Scheduler, run.Time, conditions, options, run.Simulation.Seed, budget);

    /// <summary>A stream from the dialer to the listener; its first byte is on its way, so that the listener sees it.</summary>
    public async Task<(MuxedStream Out, MuxedStream In)> OpenAsync()
    {
        var outgoing = await Dialer.OpenStreamAsync(default);
        await outgoing.WriteAsync(new byte[] { 1 }, default);
        var incoming = await Listener.AcceptStreamAsync(default);
        Assert.NotNull(incoming);
        Assert.Equal(1, await incoming.ReadAsync(new byte[1], default));
        return (outgoing, incoming);
    }

    public async ValueTask DisposeAsync()
    {
        await Dialer.DisposeAsync();
        await Listener.DisposeAsync();
    }
}
