using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Betar.Ethereum;

namespace Betar.X402.Schemes;

/// <summary>A fixed set of chains.</summary>
public sealed class Chains(IReadOnlyDictionary<NetworkId, IChainClient> chains) : IChains
{
    private readonly FrozenDictionary<NetworkId, IChainClient> _chains = chains.ToFrozenDictionary();

    /// <summary>For whoever leaves the chain to a facilitator.</summary>
    public static IChains None { get; } = new Chains(new Dictionary<NetworkId, IChainClient>());

    public bool TryFind(NetworkId network, [NotNullWhen(true)] out IChainClient? chain) => _chains.TryGetValue(network, out chain);
}
