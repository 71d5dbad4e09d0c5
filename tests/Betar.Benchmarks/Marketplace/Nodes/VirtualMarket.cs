using System.Buffers.Binary;
using Betar.Libp2p;
using Betar.Libp2p.Connections;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Transports.Memory;
using Betar.Orleans.Testing;
using Betar.X402;

namespace Betar.Benchmarks.Marketplace.Nodes;

/// <summary>
/// Whole nodes on one thread in virtual time: real frames, signatures and stores in memory over links that take <see cref="Delay"/> one way. Work takes
/// no virtual time.
/// </summary>
internal sealed class VirtualMarket
{
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);

    private readonly Simulation _simulation;
    private readonly MemoryNetwork _network;
    private readonly TaskScheduler _scheduler;
    private readonly DateTimeOffset _begin;
    private readonly List<MarketHost> _nodes = [];
    private int _identities;

    private VirtualMarket(Simulation simulation)
    {
        (_simulation, _scheduler, _begin) = (simulation, TaskScheduler.Current, simulation.Time.GetUtcNow());
        _network = new MemoryNetwork(simulation.Time, simulation.Seed) { Conditions = new MemoryConditions { Delay = Delay } };
    }

    public TimeProvider Time => _simulation.Time;

    public TaskScheduler Scheduler => _scheduler;

    public IReadOnlyList<MarketHost> Nodes => _nodes;

    /// <summary>Virtual seconds since the beginning.</summary>
    public double Seconds => (Time.GetUtcNow() - _begin).TotalSeconds;

    /// <summary>Runs a piece of virtual time to its end.</summary>
    public static T Run<T>(int seed, Func<VirtualMarket, Task<T>> body)
    {
        T result = default!;
        var simulation = new Simulation(seed);
        simulation.Run(async () =>
        {
            var market = new VirtualMarket(simulation);
            result = await body(market);
            foreach (MarketHost node in market._nodes)
                await node.DisposeAsync();
        });
        return result;
    }

    public Libp2pHostBuilder Builder() => Libp2pHost.CreateBuilder().WithTransport(new MemoryTransport(_network)).Listen("/memory/0");

    /// <summary>A key that is the same for the same seed.</summary>
    public IdentityKey NextIdentity()
    {
        var bytes = new byte[32];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, _simulation.Seed);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), ++_identities);
        return IdentityKey.FromEd25519Seed(bytes);
    }

    /// <param name="gate">Whom it may dial; null: everybody.</param>
    public async Task<MarketHost> AddAsync(IConnectionGate? gate = null)
    {
        Libp2pHostBuilder builder = gate is null ? Builder() : Builder().WithGate(gate);
        MarketHost node = await MarketHost.StartAsync(NextIdentity(), builder, MarketStores.InMemory(), Time, _scheduler);
        _nodes.Add(node);
        return node;
    }

    public Task PassAsync(TimeSpan time) => Task.Delay(time, Time);

    public Sight Expect(MarketHost node, IEnumerable<KeyValuePair<string, AtomicAmount>> expected, bool signed = true) =>
        new(node.Market, expected, () => Seconds, signed);

    /// <summary>Gives up after some virtual time, since nothing else would end it.</summary>
    public async Task<double> SeeAsync(Sight sight, TimeSpan patience)
    {
        using (sight)
        {
            try
            {
                return await sight.Done.WaitAsync(patience, Time);
            }
            catch (TimeoutException)
            {
                throw new InvalidOperationException($"After {patience} of virtual time {sight.Missing} listings are not seen.");
            }
        }
    }
}
