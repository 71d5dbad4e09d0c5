using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Search;
using Betar.Marketplace.Selling;
using Betar.Node.Composition;
using Betar.Node.Folder;
using Betar.Node.Peering;
using Betar.Node.Tests.Support;
using Betar.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Marketplace;

/// <summary>The original's own bar, with the default options and on one machine: ten nodes with one listing each all see ten listings.</summary>
public sealed class TenNodesTests
{
    private const int Count = 10;

    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Ten_nodes_with_one_listing_each_all_see_ten_listings()
    {
        List<TestNode> nodes = [];
        try
        {
            for (int i = 0; i < Count; i++)
                nodes.Add(await TestNode.OpenAsync(i == 0 ? [] : nodes[0].Addresses));
            long begin = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(nodes.Select((node, i) => node.SellAsync($"agent-{i}")));
            await Task.WhenAll(nodes.Select(node => node.SeesAsync(Count)));
            TimeSpan took = TimeProvider.System.GetElapsedTime(begin);

            Assert.True(took < s_bound * UpNode.Slowness, $"{took.TotalSeconds:0.00} s");
            Assert.All(nodes, node => Assert.Equal(
                Enumerable.Range(0, Count).Select(i => $"agent-{i}"), node.Network.Market.Market.Search(new SearchQuery()).Items.Select(listing => listing.Name).Order(StringComparer.Ordinal)));
        }
        finally
        {
            foreach (TestNode node in Enumerable.Reverse(nodes))
                await node.DisposeAsync();
        }
    }

    private sealed class TestNode : IAsyncDisposable
    {
        private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

        private readonly TempFolder _folder = new();
        private readonly NodeParts _parts = new();
        private NodePeer _peer = null!;

        public NodeNetwork Network { get; private set; } = null!;

        public IReadOnlyList<Multiaddr> Addresses => _peer.Host.Addresses;

        public static async Task<TestNode> OpenAsync(IReadOnlyList<Multiaddr> bootstrap)
        {
            var node = new TestNode();
            var context = new NodeContext(TimeProvider.System, NullLoggerFactory.Instance, _ => null);
            BetarDatabase database = node._parts.Own(BetarDatabase.Open(node._folder.Data.Database));
            node._peer = node._parts.Own(NodePeer.Open(node._folder.Data, [Multiaddr.Parse("/ip4/127.0.0.1/tcp/0")], database.Peers, context, _ => { }));
            node.Network = node._parts.Own(await NodeNetwork.CreateAsync(node._folder.Data, node._peer, new NetworkOptions { Bootstrap = bootstrap, Exchange = true, LoopbackOnly = true }, context, default));
            Assert.Null(await node._peer.ListenAsync(default));
            return node;
        }

        public Task SellAsync(string name) => Network.StartAsync(
            market => market.PublishAsync(
            [
                new ListingOffer
                {
                    Id = NodeIdentity.LoadOrCreate(_folder.Data).Value.AgentId(name), Name = name, Price = 1000, Payee = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1",
                    Network = "eip155:84532", Token = "0x036CbD53842c5426634e7929541eC2318f3dCF7e", Addresses = [.. Addresses.Select(address => address.WithoutPeer().ToString())],
                },
            ], default), default);

        public async Task SeesAsync(int count)
        {
            using var patience = new CancellationTokenSource(s_patience);
            var change = new SemaphoreSlim(0);
            Network.Market.Market.Changed += (_, _) => change.Release();
            while (Network.Market.Market.Search(new SearchQuery()).Items.Count < count)
                await change.WaitAsync(patience.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await _parts.DisposeAsync();
            _folder.Dispose();
        }
    }
}
