using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Abstractions.Workflows;
using Betar.Grains.Buying;
using Betar.Grains.Trading;
using Betar.Marketplace.Listings;
using Betar.Node.Composition;
using Betar.Node.Devnet;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Peering;
using Betar.X402;
using Betar.X402.Buying;
using Microsoft.Extensions.DependencyInjection;

namespace Betar.Node.Demo;

/// <summary>The demo's buyer: a node of its own that sells nothing and knows nobody but the seller.</summary>
internal sealed class DemoBuyer : IAsyncDisposable
{
    /// <summary>What a buyer has to spend.</summary>
    public static readonly AtomicAmount Money = 100_000_000;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly DemoSeller _seller;
    private readonly TimeProvider _time;

    private DemoBuyer(SellerNode node, DemoSeller seller, TimeProvider time)
    {
        (Node, _seller, _time) = (node, seller, time);
        Signer = new AuthorizationSigner(node.Keys.Payee, time);
    }

    public SellerNode Node { get; }

    public string PeerId => Node.Identity.PeerId;

    /// <summary>Signs beside the grains; only the forger needs it.</summary>
    public AuthorizationSigner Signer { get; }

    /// <summary>The sellers' channel itself, for what goes beside the grains.</summary>
    public ISellerChannel Sellers => Node.Services.GetRequiredService<ISellerChannel>();

    public static async Task<DemoBuyer> StartAsync(DataFolder folder, DemoSeller seller, DataFolder sellers, NodeContext context, CancellationToken cancellationToken)
    {
        var options = new SellerOptions
        {
            Agents = [], Network = ReachFromElsewhere(seller.Chain.Network, sellers), Finding = new NetworkOptions { Bootstrap = [seller.Address], Exchange = true },
        };
        SellerNode node = await SellerNode.StartAsync(folder, options, context, cancellationToken);
        try
        {
            var buyer = new DemoBuyer(node, seller, context.Time);
            await seller.Chain.FillAsync(buyer.Signer.Payer, Money, cancellationToken);
            return buyer;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the seller what it lists.</summary>
    public async Task<IReadOnlyList<Listing>> DiscoverAsync(CancellationToken cancellationToken) =>
        (await ListingQuery.AskAsync(Node.Network.Host, _seller.Address, cancellationToken)).OrThrow();

    public IPurchaseGrain Purchase(string? id = null) => Node.Grains.GetGrain<IPurchaseGrain>(id ?? Guid.NewGuid().ToString());

    /// <param name="agent">As it is listed.</param>
    /// <param name="input">The task.</param>
    /// <param name="most">Null: the listed price.</param>
    public PurchaseIntent Intent(Listing agent, string input, AtomicAmount? most = null) => new()
    {
        Seller = _seller.Address.ToString(),
        AgentId = agent.Id,
        Input = input,
        Wallet = Signer.Payer.ToString(),
        MaxAmount = most?.ToString() ?? agent.PriceAtomic,
        PayTo = agent.PayTo,
    };

    /// <summary>Each agent is told what the one before said. The agents are those that the marketplace has told this node of.</summary>
    public async Task<WorkflowView> RunAsync(IReadOnlyList<Listing> agents, string input, CancellationToken cancellationToken)
    {
        var directory = Node.Services.GetRequiredService<IAgentDirectory>();
        foreach (Listing agent in agents)
        {
            while (!(await directory.FindAsync(agent.Id, acceptUnverified: false, cancellationToken)).IsOk)
                await Task.Delay(s_look, _time, cancellationToken);
        }

        IWorkflowGrain workflow = Node.Grains.GetGrain<IWorkflowGrain>(Guid.NewGuid().ToString());
        Outcome<WorkflowView> begun = await workflow.Create(WorkflowDefinition.Chain(agents.Select(agent => agent.Id), input));
        if (!begun.IsOk)
            throw new CliRefusedException(Refusals.Of(begun.Refusal));
        WorkflowView view = begun.Value;
        while (!view.HasEnded)
        {
            await Task.Delay(s_look, _time, cancellationToken);
            view = (await workflow.Get())!;
        }

        return view;
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    /// <summary>The chain belongs to the seller's folder; the buyer comes to it as to any other chain, by the address of its node.</summary>
    private static ChainNetwork ReachFromElsewhere(ChainNetwork network, DataFolder folder) =>
        (network.Name == ChainOpener.Anvil ? DevnetInfo.ReadAnvil(folder) : DevnetInfo.Read(folder)) is { } info
            ? network with { Name = $"{network.Name}-by-url", RpcUrls = [info.Url] }
            : network;
}
