using Betar.X402.Framing;

namespace Betar.X402.Serving;

/// <summary>Limits of a stream server; each has its counter in <c>betar.x402.limit_hits</c>.</summary>
public sealed class X402ServerOptions
{
    public FrameLimits Frames { get; init; } = new();

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
        var faults = new List<string>(Frames.Validate());
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
