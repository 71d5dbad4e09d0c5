using Betar.X402.Framing;
using Betar.X402.Pieces;

namespace Betar.X402.Serving;

/// <summary>Limits of a stream server; each has its counter in <c>betar.x402.limit_hits</c>.</summary>
public sealed class X402ServerOptions
{
    public FrameLimits Frames { get; init; } = new();

    /// <summary>For callers that asked for pieces of the answer; each limit says its own default.</summary>
    public PieceLimits Pieces { get; init; } = new();

    /// <summary>Calls that get pieces and are inside the handler at once: they may be long, and leave the others their places. At least 1; default 256.</summary>
    public int MaxConcurrentInPieces { get; init; } = 256;

    /// <summary>Asked before each piece: once it says no, nothing more is said on that stream. The handler answers for the answers. Default: always yes.</summary>
    public Func<bool> MaySpeak { get; init; } = static () => true;

    /// <summary>Calls inside the handler at once, over all connections. At least 1; default 256.</summary>
    public int MaxConcurrent { get; init; } = 256;

    /// <summary>Calls that may wait for a place; one more is answered BUSY. At least 0; default 1024.</summary>
    public int MaxQueued { get; init; } = 1024;

    /// <summary>How long a call may wait for a place before it is answered BUSY. Default 5 s.</summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Frames on one connection before it is closed. At least 1; default 100,000.</summary>
    public int MaxFramesPerConnection { get; init; } = 100_000;

    /// <summary>Longest correlation id; a longer one is an invalid message. Default 256 characters.</summary>
    public int MaxCorrelationIdLength { get; init; } = 256;

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>([.. Frames.Validate(), .. Pieces.Validate()]);
        Require(MaxConcurrentInPieces, 1, nameof(MaxConcurrentInPieces), faults);
        Require(MaxConcurrent, 1, nameof(MaxConcurrent), faults);
        Require(MaxQueued, 0, nameof(MaxQueued), faults);
        Require(MaxFramesPerConnection, 1, nameof(MaxFramesPerConnection), faults);
        Require(MaxCorrelationIdLength, 1, nameof(MaxCorrelationIdLength), faults);
        if (QueueTimeout <= TimeSpan.Zero)
        {
            faults.Add($"QueueTimeout is {QueueTimeout}; it must be longer than zero.");
        }

        return faults;
    }

    private static void Require(int value, int least, string name, List<string> faults)
    {
        if (value < least)
        {
            faults.Add($"{name} is {value}; it must be at least {least}.");
        }
    }
}
