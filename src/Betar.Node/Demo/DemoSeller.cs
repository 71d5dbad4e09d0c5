using Betar.Ethereum.Networks;
using Betar.Libp2p.Multiformats;
using Betar.Node.Composition;
using Betar.Node.Configuration.Settings;
using Betar.Node.Folder;

namespace Betar.Node.Demo;

/// <summary>The demo's fleet, which may end and come back under the same identity, at the same address, on the same chain.</summary>
internal sealed class DemoSeller(DataFolder folder, ChainLink chain, NodeContext context) : IAsyncDisposable
{
    private const int Silos = 2;

    private Multiaddr? _listen;

    /// <summary>Another one after each start.</summary>
    public SellerNode Node { get; private set; } = null!;

    /// <summary>It goes on while the fleet is down.</summary>
    public ChainLink Chain => chain;

    public Multiaddr Address => Node.Addresses[0];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var given = new Dictionary<string, IReadOnlyList<string>>
        {
            [NodeSetting.Agents.Name] = [DemoAgents.FileOf(folder)],
            [NodeSetting.Mdns.Name] = ["false"],
        };

        // Nobody's variables: the story is the same on every machine.
        SellerOptions options = UpOptions.Read(folder, _ => null, NodeSettings.Load(folder, _ => null, given)).OrThrow();
        options = options with { Network = Network, Silos = Silos };
        Node = await SellerNode.StartAsync(folder, _listen is null ? options : options with { Listen = [_listen] }, context, cancellationToken);
        _listen = Address.WithoutPeer();
    }

    public ValueTask StopAsync() => Node.DisposeAsync();

    /// <summary>In the place of a node that was stopped.</summary>
    public Task<DoomedSeller> StartDoomedAsync(CancellationToken cancellationToken) =>
        DoomedSeller.StartAsync(folder, Network.Name, _listen!, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Node is not null)
            await Node.DisposeAsync();
    }

    private ChainNetwork Network => chain.Network;
}
