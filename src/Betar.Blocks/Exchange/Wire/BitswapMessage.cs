namespace Betar.Blocks.Exchange.Wire;

/// <summary>Everything that one side tells the other at once.</summary>
internal sealed record BitswapMessage
{
    public IReadOnlyList<WantEntry> Wants { get; init; } = [];

    /// <summary>The wants are all that there are; earlier ones are forgotten.</summary>
    public bool Full { get; init; }

    public IReadOnlyList<BlockPayload> Blocks { get; init; } = [];

    public IReadOnlyList<BlockPresence> Presences { get; init; } = [];

    /// <summary>Bytes of blocks that will follow.</summary>
    public int PendingBytes { get; init; }
}
