namespace Betar.X402.Wire;

/// <summary>How much of a stranger's JSON is looked at.</summary>
public sealed class WireLimits
{
    /// <summary>Longest header of a payment, in base64 characters. Default 16 KiB; a right one has about 1.5 KiB.</summary>
    public int MaxHeaderLength { get; init; } = 16 * 1024;

    /// <summary>Largest body of a facilitator or of a 402 answer, in bytes. Default 64 KiB.</summary>
    public int MaxBodyLength { get; init; } = 64 * 1024;

    /// <summary>Most requirements of one demand. Default 32.</summary>
    public int MaxAccepts { get; init; } = 32;

    /// <summary>Every fault at once; empty when the limits can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Check(faults, nameof(MaxHeaderLength), MaxHeaderLength, 2048, 64 * 1024);
        Check(faults, nameof(MaxBodyLength), MaxBodyLength, 4096, 16 * 1024 * 1024);
        Check(faults, nameof(MaxAccepts), MaxAccepts, 1, 1024);
        return faults;
    }

    internal static WireLimits Default { get; } = new();

    private static void Check(List<string> faults, string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            faults.Add($"{name} is {value}; it must be {least} to {most}.");
        }
    }
}
