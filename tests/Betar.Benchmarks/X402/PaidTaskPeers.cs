using Betar.Libp2p;

namespace Betar.Benchmarks.X402;

/// <summary>
/// Buyers that share a few peers: the seller's limits (64 connections of its own machine, 16 streams of a protocol a peer, 2,000 new streams a
/// second a connection) stand as they are.
/// </summary>
internal sealed class PaidTaskPeers : IAsyncDisposable
{
    private const int Peers = 16;

    private readonly List<Libp2pHost> _hosts = [];

    public IReadOnlyList<PaidTaskBuyer> Buyers { get; private set; } = [];

    /// <summary>As many who ask for what is free, on the same connections.</summary>
    public IReadOnlyList<FreeTaskBuyer> FreeBuyers { get; private set; } = [];

    public static async Task<PaidTaskPeers> ConnectAsync(PaidTaskWorld world, int buyers)
    {
        var peers = new PaidTaskPeers();
        for (int i = 0; i < Peers; i++)
        {
            Libp2pHost host = Libp2pHost.CreateBuilder().Build();
            peers._hosts.Add(host);
            await host.StartAsync();
            await host.ConnectAsync(world.Seller);
            await host.IdentifyAsync(world.Seller.Peer!.Value);
        }
        peers.Buyers = [.. Enumerable.Range(0, buyers).Select(i => new PaidTaskBuyer(world, peers._hosts[i % Peers]))];
        peers.FreeBuyers = [.. Enumerable.Range(0, buyers).Select(i => new FreeTaskBuyer(peers._hosts[i % Peers], world.Seller, world.FreeAgentId))];
        return peers;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Libp2pHost host in _hosts)
            await host.DisposeAsync();
    }
}
