using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>How a ledger works.</summary>
public sealed class LedgerOptions
{
    /// <summary>The largest body of an entry, in bytes. 0 to 256 MiB; default 16 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 16 << 20;

    /// <summary>The longest agent id and reference, in characters. 1 to 65,536; default 2,048.</summary>
    public int MaxTextLength { get; set; } = 2_048;

    /// <summary>A signed checkpoint is written after this many entries. 1 to 1,000,000; default 1,000.</summary>
    public int CheckpointEntries { get; set; } = 1_000;

    /// <summary>A signed checkpoint is written at the latest this long after an entry. 1 second to 1 day; default 1 minute.</summary>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Signs checkpoints. Default none: then no checkpoint is written, and a cut tail is found by counts alone.</summary>
    public ICheckpointSigner? Signer { get; set; }

    /// <summary>Whose checkpoints are believed. Default empty: any signer, as long as every checkpoint has the same.</summary>
    public IReadOnlyList<Address> TrustedSigners { get; set; } = [];

    internal void AddFaults(List<string> faults)
    {
        BetarDatabaseOptions.Check(faults, nameof(MaxBodyBytes), MaxBodyBytes, 0, 256 << 20);
        BetarDatabaseOptions.Check(faults, nameof(MaxTextLength), MaxTextLength, 1, 65_536);
        BetarDatabaseOptions.Check(faults, nameof(CheckpointEntries), CheckpointEntries, 1, 1_000_000);
        BetarDatabaseOptions.Check(faults, nameof(CheckpointInterval), (long)CheckpointInterval.TotalMilliseconds, 1_000, 86_400_000);
    }
}
