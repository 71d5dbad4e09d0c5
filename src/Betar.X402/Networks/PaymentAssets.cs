using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Betar.Ethereum;

namespace Betar.X402.Networks;

/// <summary>Our allow-list of networks and tokens; what a payload names is looked up here.</summary>
public sealed class PaymentAssets
{
    private readonly FrozenDictionary<(NetworkId, Address), PaymentAsset> _assets;
    private readonly FrozenSet<NetworkId> _networks;

    public PaymentAssets(IEnumerable<PaymentAsset> assets)
    {
        _assets = assets.ToFrozenDictionary(asset => (asset.Network, asset.Address));
        _networks = _assets.Keys.Select(key => key.Item1).ToFrozenSet();
    }

    public static PaymentAssets Default { get; } = new([PaymentAsset.BaseSepoliaUsdc]);

    public bool Accepts(NetworkId network) => _networks.Contains(network);

    public bool TryFind(NetworkId network, Address address, [NotNullWhen(true)] out PaymentAsset? asset) =>
        _assets.TryGetValue((network, address), out asset);
}
