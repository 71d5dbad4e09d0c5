using Betar.Blocks;
using Betar.Libp2p.Identity;
using Betar.Marketplace.Exchange;
using Betar.Orleans.Testing;
using Betar.Tests.Shared;

namespace Betar.Marketplace.Tests.Support;

/// <summary>Some nodes in virtual time on one thread, all of them connected, over a set that agrees at once and a topic that loses nothing.</summary>
internal sealed class MarketWorld
{
    private MarketWorld(ManualTimeProvider time, TaskScheduler scheduler) => (Time, Scheduler) = (time, scheduler);

    public ManualTimeProvider Time { get; }

    public TaskScheduler Scheduler { get; }

    public List<MarketPeer> Peers { get; } = [];

    public FakeTopics Topics { get; } = new();

    public FakeSet Set { get; } = new();

    public Dictionary<Libp2p.Multiformats.Cid, Block> Blocks { get; } = [];

    public static void Run(Func<MarketWorld, Task> body) => Run(TestSeed.Value, body);

    public static void Run(int seed, Func<MarketWorld, Task> body)
    {
        var simulation = new Simulation(seed);
        try
        {
            simulation.Run(async () =>
            {
                var world = new MarketWorld(simulation.Time, TaskScheduler.Current);
                await body(world);
                foreach (var peer in world.Peers)
                    await peer.StopAsync();
            });
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {e.Message} ({TestSeed.Variable}={seed} begins with it.)", e);
        }
    }

    /// <summary>A node of ours, started, with the key of the seed.</summary>
    public async Task<MarketPeer> AddAsync(byte seed, Action<MarketplaceOptions>? configure = null, IListingStore? store = null)
    {
        var options = new MarketplaceOptions();
        configure?.Invoke(options);
        var peer = new MarketPeer(this, seed, options, store ?? new MemoryListingStore());
        await peer.StartAsync();
        return peer;
    }

    /// <summary>Lets time pass, and all that happens in it.</summary>
    public async Task PassAsync(TimeSpan time) => await Task.Delay(time, Time);

    /// <summary>Lets everything that is under way come to rest; the clock hardly moves.</summary>
    public Task SettleAsync() => PassAsync(TimeSpan.FromMilliseconds(1));

    public MarketPeer? Find(PeerId peer) => Peers.FirstOrDefault(other => other.Somebody.Peer == peer);
}
