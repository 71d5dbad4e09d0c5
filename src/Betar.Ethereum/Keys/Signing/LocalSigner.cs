using Betar.Crypto;
using Betar.Ethereum.Eip712;

namespace Betar.Ethereum.Keys;

/// <summary>Signs with a key of this process. The key stays its owner's to dispose.</summary>
public sealed class LocalSigner(PrivateKey key) : ISigner
{
    public Address Address { get; } = Address.FromKey(key);

    public Task<SignerOutcome<byte[]>> SignTypedDataAsync(TypedData data, CancellationToken cancellationToken)
    {
        var signature = new byte[PrivateKey.SignatureSize];
        key.Sign(data.Digest.ToArray(), signature);
        signature[^1] += 27;
        return Task.FromResult(SignerOutcome<byte[]>.Of(signature));
    }

    public Task<SignerOutcome<SignedTransaction>> SignTransactionAsync(Eip1559Transaction transaction, CancellationToken cancellationToken) =>
        Task.FromResult(SignerOutcome<SignedTransaction>.Of(transaction.Sign(key)));
}
