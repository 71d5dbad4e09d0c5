using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402;

namespace Betar.Grains.Settlement;

/// <summary>The account that sends this node's transactions on one network, and its key.</summary>
public sealed class SettlementAccount
{
    public SettlementAccount(NetworkId network, PrivateKey key)
    {
        Network = network;
        Key = key;
        Address = Address.FromKey(key);
        GrainKey = $"{network}/{Address.ToLowerHex()}";
    }

    public NetworkId Network { get; }

    public Address Address { get; }

    /// <summary>Key of the settler grain that owns this account's transaction nonces.</summary>
    public string GrainKey { get; }

    internal PrivateKey Key { get; }
}
