namespace Betar.Ethereum.Keys;

/// <summary>What opening a foreign key file may cost, so that a hostile one stops nobody.</summary>
public sealed class KeystoreOptions
{
    /// <summary>Bytes of a file. 1 KiB to 1 MiB. Default 16 KiB; the usual file has 500 bytes.</summary>
    public int MaxFileBytes { get; init; } = 16 * 1024;

    /// <summary>Memory of one derivation. 1 MiB to 8 GiB. Default 512 MiB; the usual file takes 256 MiB.</summary>
    public long MaxMemoryBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>N · r · p of scrypt. 2^10 to 2^30. Default 2^23, four times that of the usual file.</summary>
    public long MaxScryptWork { get; init; } = 1L << 23;

    /// <summary>Rounds of PBKDF2. 1,000 to 100,000,000. Default 10,000,000; the usual file has 262,144.</summary>
    public int MaxPbkdf2Rounds { get; init; } = 10_000_000;

    /// <summary>Every fault of the values, all at once.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Check(MaxFileBytes is >= 1024 and <= 1024 * 1024, "MaxFileBytes is 1 KiB to 1 MiB.");
        Check(MaxMemoryBytes is >= 1024 * 1024 and <= 8L * 1024 * 1024 * 1024, "MaxMemoryBytes is 1 MiB to 8 GiB.");
        Check(MaxScryptWork is >= 1 << 10 and <= 1 << 30, "MaxScryptWork is 2^10 to 2^30.");
        Check(MaxPbkdf2Rounds is >= 1_000 and <= 100_000_000, "MaxPbkdf2Rounds is 1,000 to 100,000,000.");
        return faults;

        void Check(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }
    }
}
