using System.Collections.Concurrent;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Buying;
using Betar.Grains.Settlement;

namespace Betar.Cluster.Tests.Support;

/// <summary>The keys that a world's purchases may spend with.</summary>
internal sealed class TestWallets : IWallets, IDisposable
{
    private readonly ConcurrentDictionary<Address, PrivateKey> _keys = new();

    public Address Add()
    {
        PrivateKey key = PrivateKey.Generate();
        Address address = Address.FromKey(key);
        _keys[address] = key;
        return address;
    }

    public PrivateKey? Find(Address address) => _keys.GetValueOrDefault(address);

    public void Dispose()
    {
        foreach (PrivateKey key in _keys.Values)
            key.Dispose();
    }
}
