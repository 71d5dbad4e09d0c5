using Betar.Blocks.Exchange;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Blocks.Tests.Support;

/// <summary>A node that is connected to peers whose every message the test decides.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private Scene(Node one, List<RawPeer> peers, MemoryNetwork network) => (One, Peers, Network) = (one, peers, network);

    public Node One { get; }

    public IReadOnlyList<RawPeer> Peers { get; }

    public MemoryNetwork Network { get; }

    public static async Task<Scene> StartAsync(Simulated run, int peers, Action<BitswapOptions>? configure = null)
    {
        var network = new MemoryNetwork(run.Time, run.Simulation.Seed);
        var one = await Node.StartAsync(run, network, 1, configure);
        var others = new List<RawPeer>();
        for (var number = 0; number < peers; number++)
        {
            others.Add(await RawPeer.StartAsync(run, network, (byte)(number + 2)));
            await one.ConnectAsync(others[number].Host);
        }

        // Until everybody knows what the others speak.
        await run.Wait(TimeSpan.FromMilliseconds(100));
        return new Scene(one, others, network);
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        foreach (var peer in Peers)
            await peer.DisposeAsync();
    }
}
