namespace Betar.X402.Framing;

/// <summary>How much and how slow a peer may be before its connection is closed.</summary>
public sealed class FrameLimits
{
    /// <summary>The protocol's own bound of a frame's data.</summary>
    public const int ProtocolMaxDataLength = 8 * 1024 * 1024;

    /// <summary>1 to 8 MiB; requests are small, so the default is 1 MiB.</summary>
    public int MaxDataLength { get; init; } = 1024 * 1024;

    /// <summary>Bytes of a frame with a piece of an answer, whatever <see cref="MaxDataLength"/> says. 1 to 8 MiB; default 64 KiB.</summary>
    public int MaxPieceLength { get; init; } = 64 * 1024;

    /// <summary>How long a connection may stay open without the first byte of a frame. Default 60 s.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From a frame's first byte to the end of its header. Default 5 s.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the end of the header to the last byte of the data. Default 20 s.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For writing one frame to a peer that does not read. Default 10 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Every fault at once; empty when the limits can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Require(MaxDataLength, nameof(MaxDataLength), faults);
        Require(MaxPieceLength, nameof(MaxPieceLength), faults);
        Require(IdleTimeout, nameof(IdleTimeout), faults);
        Require(HeaderTimeout, nameof(HeaderTimeout), faults);
        Require(BodyTimeout, nameof(BodyTimeout), faults);
        Require(WriteTimeout, nameof(WriteTimeout), faults);
        return faults;
    }

    internal int MaxLengthOf(string type) => type == Protocol.MessageTypes.Piece ? Math.Min(MaxPieceLength, MaxDataLength) : MaxDataLength;

    private static void Require(int value, string name, List<string> faults)
    {
        if (value is < 1 or > ProtocolMaxDataLength)
        {
            faults.Add($"{name} is {value}; it must be 1 to {ProtocolMaxDataLength}.");
        }
    }

    private static void Require(TimeSpan value, string name, List<string> faults)
    {
        if (value <= TimeSpan.Zero)
        {
            faults.Add($"{name} is {value}; it must be longer than zero.");
        }
    }
}
