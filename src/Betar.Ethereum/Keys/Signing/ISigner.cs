using Betar.Ethereum.Eip712;

namespace Betar.Ethereum.Keys;

/// <summary>Whoever signs for an account: a key of this process, or a program that keeps it elsewhere.</summary>
public interface ISigner
{
    Address Address { get; }

    /// <summary>65 bytes r‖s‖v over the message's digest; s is low, v is 27 or 28.</summary>
    Task<SignerOutcome<byte[]>> SignTypedDataAsync(TypedData data, CancellationToken cancellationToken);

    Task<SignerOutcome<SignedTransaction>> SignTransactionAsync(Eip1559Transaction transaction, CancellationToken cancellationToken);
}
