namespace Betar.X402.Pieces;

/// <summary>How much of an answer travels before the answer.</summary>
public sealed class PieceLimits
{
    /// <summary>
    /// Longest text of one piece; what is longer comes in several. Range 1 to 10,000, so that its frame fits into
    /// <see cref="Framing.FrameLimits.MaxPieceLength"/> whatever is in it; default 8,192 characters.
    /// </summary>
    public int MaxCharacters { get; init; } = 8_192;

    /// <summary>Text that waits for a slow reader. What comes beyond it is dropped, and with it all later pieces. At least 1; default 65,536 characters.</summary>
    public int MaxWaiting { get; init; } = 65_536;

    /// <summary>Pieces a second; text that comes faster travels together. Range 1 to 1,000; default 20.</summary>
    public int PerSecond { get; init; } = 20;

    /// <summary>Pieces with text of one answer; then only its end comes. At least 0; default 10,000.</summary>
    public int MaxPieces { get; init; } = 10_000;

    /// <summary>After so long without a piece an empty one says that the work goes on. Default 10 s.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Every fault at once; empty when the limits can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Require(MaxCharacters is >= 1 and <= 10_000, $"MaxCharacters is {MaxCharacters}; it must be 1 to 10000.", faults);
        Require(MaxWaiting >= 1, $"MaxWaiting is {MaxWaiting}; it must be at least 1.", faults);
        Require(PerSecond is >= 1 and <= 1_000, $"PerSecond is {PerSecond}; it must be 1 to 1000.", faults);
        Require(MaxPieces >= 0, $"MaxPieces is {MaxPieces}; it must be at least 0.", faults);
        Require(Beat > TimeSpan.Zero, $"Beat is {Beat}; it must be longer than zero.", faults);
        return faults;
    }

    private static void Require(bool holds, string fault, List<string> faults)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }
}
