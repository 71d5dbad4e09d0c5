using System.Collections.Concurrent;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Buying;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Trading;

/// <summary>The keystore's accounts as purchases spend from them; each is opened once.</summary>
internal sealed class NodeWallets(Wallets wallets) : IWallets, IDisposable
{
    private readonly ConcurrentDictionary<Address, PrivateKey> _keys = new();

    /// <summary>Opens the account of that name, and makes it when there is none.</summary>
    public Checked<Address> Open(string name)
    {
        Checked<PrivateKey> key = wallets.LoadOrCreate(name);
        return key.IsOk ? Keep(key.Value) : key.Refusal;
    }

    public PrivateKey? Find(Address address)
    {
        if (_keys.TryGetValue(address, out PrivateKey? open))
            return open;
        if (wallets.List().FirstOrDefault(wallet => wallet.Address == address) is not { } entry)
            return null;
        Checked<PrivateKey> key = wallets.Load(entry.Name);
        return key.IsOk ? _keys[Keep(key.Value)] : null;
    }

    public void Dispose()
    {
        foreach (PrivateKey key in _keys.Values)
            key.Dispose();
    }

    private Address Keep(PrivateKey key)
    {
        Address address = Address.FromKey(key);
        if (!_keys.TryAdd(address, key))
            key.Dispose();
        return address;
    }
}
