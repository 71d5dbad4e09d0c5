namespace Betar.Ethereum.Keys;

/// <summary>Limits of <see cref="ExternalSigner"/>.</summary>
public sealed class ExternalSignerOptions
{
    /// <summary>How long a person may take to look at a request. 1 s to 1 h. Default 2 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of one answer. 1 KiB to 16 MiB. Default 256 KiB.</summary>
    public int MaxResponseBytes { get; init; } = 256 * 1024;

    /// <summary>Every fault of the values, all at once.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromHours(1))
            faults.Add("Timeout is 1 s to 1 h.");
        if (MaxResponseBytes is < 1024 or > 16 * 1024 * 1024)
            faults.Add("MaxResponseBytes is 1 KiB to 16 MiB.");
        return faults;
    }
}
