using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.Grains.Buying;

/// <summary>The keys that this node may spend with.</summary>
public interface IWallets
{
    PrivateKey? Find(Address address);
}
