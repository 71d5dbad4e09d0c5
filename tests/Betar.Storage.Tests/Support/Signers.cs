using Betar.Crypto;
using Betar.Storage.Ledger;

namespace Betar.Storage.Tests.Support;

/// <summary>Signers with fixed keys.</summary>
internal static class Signers
{
    public static ICheckpointSigner Number(byte number)
    {
        var key = new byte[32];
        key[31] = number;
        return new PrivateKeyCheckpointSigner(PrivateKey.Import(key));
    }
}
