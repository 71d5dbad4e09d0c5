using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Blocks.Tests.Support;

/// <summary>A host with blocks, in memory and in virtual time.</summary>
internal sealed class Node : IAsyncDisposable
{
    private Node(Libp2pHost host, MemoryBlockStore store, BitswapExchange exchange) => (Host, Store, Exchange) = (host, store, exchange);

    public Libp2pHost Host { get; }

    public MemoryBlockStore Store { get; }

    public BitswapExchange Exchange { get; }

    public PeerId Id => Host.PeerId;

    public static async Task<Node> StartAsync(
        Simulated run, MemoryNetwork network, byte number, Action<BitswapOptions>? configure = null, IPublishedBlocks? published = null)
    {
        var host = HostPair.Builder(network, number, run.Scheduler).Listen("/memory/0").Build();
        var store = new MemoryBlockStore();
        var options = new BitswapOptions();
        configure?.Invoke(options);
        var exchange = new BitswapExchange(
            host, store, published ?? store, options, run.Scheduler, run.Time, NullLoggerFactory.Instance, new Random(run.Simulation.Seed));
        await host.StartAsync();
        return new Node(host, store, exchange);
    }

    public async Task ConnectAsync(Libp2pHost other) => await Host.ConnectAsync(other.Addresses[0]);

    public async Task<Block> PutAsync(Block block)
    {
        Assert.True(await Store.PutAsync([block], default));
        return block;
    }

    public Task<Block?> FetchAsync(Block block, params PeerId[] likely) => Exchange.FetchAsync(block.Cid, likely, default).AsTask();

    public BitswapPeerInfo Of(PeerId peer) => Exchange.Peers.Single(info => info.Peer == peer);

    public long Hits(string limit) => Exchange.Meter.Count(limit);

    public async ValueTask DisposeAsync()
    {
        await Exchange.DisposeAsync();
        await Host.DisposeAsync();
    }
}
