using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>Signs the ledger's checkpoints. Called by one thread at a time.</summary>
public interface ICheckpointSigner
{
    /// <summary>Who signs.</summary>
    Address Address { get; }

    /// <summary>Writes r ‖ s ‖ recovery id (0 or 1).</summary>
    void Sign(in Hash32 digest, Span<byte> signature65);
}
