namespace Betar.Libp2p.Negotiation;

/// <summary>Bounds of one negotiation.</summary>
internal sealed record MultistreamOptions
{
    public static MultistreamOptions Default { get; } = new();

    /// <summary>The longest message accepted, without its length: 1 KiB.</summary>
    public int MaxMessage { get; init; } = 1024;

    /// <summary>How many proposals a dialer may make, and how many of ours are made: 16.</summary>
    public int MaxProposals { get; init; } = 16;
}
