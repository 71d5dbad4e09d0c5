using Betar.X402.Pieces;

namespace Betar.Grains.Buying;

/// <summary>How a purchase is carried through.</summary>
public sealed class BuyingOptions
{
    /// <summary>Longest wait for one answer of a seller. Range 1 s to 2 min; default 30 s.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for one answer that is heard in pieces. Range 1 s to 15 min; default 6 min.</summary>
    public TimeSpan PiecesTimeout { get; set; } = TimeSpan.FromMinutes(6);

    /// <summary>For answers that are heard in pieces between the seller and whoever listens here; each limit says its own default.</summary>
    public PieceLimits Pieces { get; set; } = new();

    /// <summary>How often the same payment is shown again when no answer came. Range 0 to 20; default 3.</summary>
    public int Repeats { get; set; } = 3;

    /// <summary>Pause before the first repeat; doubled each time. Range 10 ms to 1 min; default 200 ms.</summary>
    public TimeSpan RepeatPause { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How long an amount stays set aside for a purchase that signs nothing, because its node died. Signing follows at once, so this
    /// only has to be longer than any call. Range 1 min to 1 day; default 10 min.
    /// </summary>
    public TimeSpan ReservationLifetime { get; set; } = TimeSpan.FromMinutes(10);
}
