using System.Diagnostics.CodeAnalysis;
using Betar.Crypto;

namespace Betar.Ethereum.Keys;

/// <summary>The key of a file, or why there is none. The caller disposes the key.</summary>
public readonly record struct KeystoreResult(PrivateKey? Key, KeystoreFault Fault, string Detail)
{
    public bool TryGetKey([NotNullWhen(true)] out PrivateKey? key)
    {
        key = Key;
        return key is not null;
    }

    internal static KeystoreResult Of(PrivateKey key) => new(key, KeystoreFault.None, "");

    internal static KeystoreResult No(KeystoreFault fault, string detail) => new(null, fault, detail);
}
