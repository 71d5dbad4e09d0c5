using Betar.X402.Framing;

namespace Betar.X402.Calling;

/// <summary>Limits of a caller.</summary>
public sealed class X402ClientOptions
{
    /// <summary>For one exchange, write and read. Default 30 s, as the original.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest answer. Default: the protocol's 8 MiB.</summary>
    public int MaxAnswerLength { get; init; } = FrameLimits.ProtocolMaxDataLength;

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Timeout <= TimeSpan.Zero)
        {
            faults.Add($"Timeout is {Timeout}; it must be longer than zero.");
        }

        if (MaxAnswerLength is < 1 or > FrameLimits.ProtocolMaxDataLength)
        {
            faults.Add($"MaxAnswerLength is {MaxAnswerLength}; it must be 1 to {FrameLimits.ProtocolMaxDataLength}.");
        }

        return faults;
    }
}
