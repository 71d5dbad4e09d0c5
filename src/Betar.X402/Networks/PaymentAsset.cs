using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.X402.Eip712;

namespace Betar.X402.Networks;

/// <summary>A token that this node accepts or pays with. Its signing domain comes from here, never from a peer.</summary>
public sealed class PaymentAsset
{
    public PaymentAsset(NetworkId network, Address address, string name, string version)
    {
        Network = network;
        Address = address;
        Domain = new Eip712Domain(name, version, network.ChainId, address);
    }

    /// <summary>USDC on Base Sepolia, the token of the original.</summary>
    public static PaymentAsset BaseSepoliaUsdc { get; } = new(
        NetworkId.BaseSepolia, Address.Parse("0x036CbD53842c5426634e7929541eC2318f3dCF7e"), "USDC", "2");

    public NetworkId Network { get; }

    public Address Address { get; }

    public Eip712Domain Domain { get; }

    /// <summary>The USDC of a network that is known.</summary>
    public static PaymentAsset UsdcOf(ChainNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new PaymentAsset(new NetworkId(network.ChainId), network.Usdc, network.DomainName, network.DomainVersion);
    }
}
