namespace Betar.Libp2p.Transports.Memory;

/// <summary>What one direction of an in-memory connection does to the bytes.</summary>
internal sealed record MemoryConditions
{
    public static MemoryConditions Perfect { get; } = new();

    /// <summary>How long a byte is on its way.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The most bytes that one read gives; with <see cref="RandomReads"/> the upper end.</summary>
    public int LargestRead { get; init; } = int.MaxValue;

    public bool RandomReads { get; init; }

    /// <summary>How many bytes may wait unread before a writer has to wait.</summary>
    public int Capacity { get; init; } = 256 * 1024;

    /// <summary>The connection breaks after so many bytes of this direction.</summary>
    public long? CutAfter { get; init; }

    /// <summary>This direction ends in order after so many bytes, whatever else is written.</summary>
    public long? TruncateAfter { get; init; }
}
