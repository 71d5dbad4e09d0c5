namespace Betar.X402.Http.Facilitating;

/// <summary>How much of what strangers offer is shown.</summary>
public sealed class CatalogOptions
{
    /// <summary>Most entries. Default 10,000; the one that was settled for longest ago goes first.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Most entries of one payee. Default 100; its own oldest one goes first.</summary>
    public int MaxPerPayee { get; init; } = 100;

    /// <summary>How long an entry is shown after its last settlement. Default 30 days.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Longest address or text of an entry. Default 1024 characters; longer ones are not taken.</summary>
    public int MaxTextLength { get; init; } = 1024;

    /// <summary>Longest extension of an entry, in characters of JSON. Default 8 KiB; longer ones are not taken.</summary>
    public int MaxExtensionLength { get; init; } = 8 * 1024;

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (MaxEntries is < 1 or > 1_000_000)
        {
            faults.Add($"MaxEntries is {MaxEntries}; it must be 1 to 1,000,000.");
        }

        if (MaxPerPayee is < 1 or > 1_000_000)
        {
            faults.Add($"MaxPerPayee is {MaxPerPayee}; it must be 1 to 1,000,000.");
        }

        if (Keep < TimeSpan.FromMinutes(1) || Keep > TimeSpan.FromDays(3660))
        {
            faults.Add($"Keep is {Keep}; it must be a minute to ten years.");
        }

        if (MaxTextLength is < 16 or > 65536)
        {
            faults.Add($"MaxTextLength is {MaxTextLength}; it must be 16 to 65,536.");
        }

        if (MaxExtensionLength is < 2 or > 65536)
        {
            faults.Add($"MaxExtensionLength is {MaxExtensionLength}; it must be 2 to 65,536.");
        }

        return faults;
    }
}
