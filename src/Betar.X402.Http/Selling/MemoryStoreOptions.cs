namespace Betar.X402.Http.Selling;

/// <summary>How much the store in memory holds.</summary>
public sealed class MemoryStoreOptions
{
    /// <summary>How long answers are kept. Default 24 hours, which is what is promised.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Most payments at once. Default 100,000; then new ones are refused, old ones are kept.</summary>
    public int MaxEntries { get; init; } = 100_000;

    /// <summary>Most bytes of answers. Default 256 MiB; then new payments are refused, old answers are kept.</summary>
    public long MaxBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Keep < TimeSpan.FromHours(24))
        {
            faults.Add($"Keep is {Keep}; 24 hours are promised.");
        }

        if (MaxEntries < 1)
        {
            faults.Add($"MaxEntries is {MaxEntries}; it must be at least 1.");
        }

        if (MaxBytes < 1)
        {
            faults.Add($"MaxBytes is {MaxBytes}; it must be at least 1.");
        }

        return faults;
    }
}
