using Betar.Agents;
using Betar.Ethereum.Networks;
using Betar.Grains.Gateway;
using Betar.Libp2p.Multiformats;
using Betar.Node.Configuration;
using Betar.Node.Configuration.Settings;
using Betar.Node.Http;
using Betar.Node.Peering;
using Betar.Storage.Leases;
using Betar.X402;

namespace Betar.Node.Composition;

/// <summary>What a seller node is started with.</summary>
internal sealed record SellerOptions
{
    public required IReadOnlyList<AgentDeclaration> Agents { get; init; }

    /// <summary>Where the agents are declared, to be read again; null: nowhere.</summary>
    public FleetSource? Source { get; init; }

    /// <summary>What the operator ought to know about the configuration, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Where payments settle.</summary>
    public required ChainNetwork Network { get; init; }

    /// <summary>Silos in this process. Range 1 to 16; default 1.</summary>
    public int Silos { get; init; } = 1;

    /// <summary>Accounts that send transactions, in rotation. Range 1 to 16; default 1.</summary>
    public int Settlers { get; init; } = 1;

    /// <summary>Whose facilitator brings payments onto the chain; null: the accounts of this node. Refunds are always its own.</summary>
    public Uri? Facilitator { get; init; }

    /// <summary>Where peers may come in, whichever silo is the gateway; port 0 lets the system choose, once.</summary>
    public IReadOnlyList<Multiaddr> Listen { get; init; } = [Multiaddr.Parse("/ip4/127.0.0.1/tcp/0")];

    /// <summary>The keystore's account that pays for what the node buys. Default: the one that earns.</summary>
    public string BuyingWallet { get; init; } = SellerKeys.Wallet;

    /// <summary>Where they may come in while the silo of this number is the gateway; silos without an entry take <see cref="Listen"/>. Default: none has one.</summary>
    public IReadOnlyList<IReadOnlyList<Multiaddr>> ListenBySilo { get; init; } = [];

    /// <summary>How one silo takes over from another. Default: the defaults of <see cref="GatewayOptions"/>.</summary>
    public GatewayOptions Gateway { get; init; } = new();

    /// <summary>How the silo of a number reaches the store of leases. Default: as it is.</summary>
    public Func<int, ILeaseStore, ILeaseStore> Leases { get; init; } = (_, leases) => leases;

    /// <summary>How other nodes are found; by default not at all.</summary>
    public NetworkOptions Finding { get; init; } = new();

    /// <summary>Limits of whatever does agents' work.</summary>
    public ExecutorOptions Executors { get; init; } = new();

    /// <summary>How the node answers over HTTP; null: not at all.</summary>
    public HttpSettings? Http { get; init; }

    /// <summary>The test chain's faucet fills the refund account up to this at start. Default 100 USDC.</summary>
    public AtomicAmount RefundFloat { get; init; } = 100_000_000;

    /// <summary>Accounts that the test chain's faucet funds at start.</summary>
    public IReadOnlyList<FundRequest> Fund { get; init; } = [];

    /// <summary>What a host application adds to the parts of every node. Default nothing.</summary>
    public IReadOnlyList<INodePart> Parts { get; init; } = [];
}
