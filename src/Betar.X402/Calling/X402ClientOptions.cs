using Betar.X402.Framing;

namespace Betar.X402.Calling;

/// <summary>Limits of a caller.</summary>
public sealed class X402ClientOptions
{
    /// <summary>For one exchange, write and read. Default 30 s, as the original.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For one exchange that asks for pieces of the answer, all of them and the answer; between two frames <see cref="Timeout"/> holds. Default 6 min.</summary>
    public TimeSpan PiecesTimeout { get; init; } = TimeSpan.FromMinutes(6);

    /// <summary>Pieces of one answer, empty ones too; who sends more is not listened to. At least 0; default 100,000.</summary>
    public int MaxPieces { get; init; } = 100_000;

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

        if (PiecesTimeout <= TimeSpan.Zero)
        {
            faults.Add($"PiecesTimeout is {PiecesTimeout}; it must be longer than zero.");
        }

        if (MaxPieces < 0)
        {
            faults.Add($"MaxPieces is {MaxPieces}; it must be at least 0.");
        }

        if (MaxAnswerLength is < 1 or > FrameLimits.ProtocolMaxDataLength)
        {
            faults.Add($"MaxAnswerLength is {MaxAnswerLength}; it must be 1 to {FrameLimits.ProtocolMaxDataLength}.");
        }

        return faults;
    }
}
