namespace Betar.Grains.Hiring;

/// <summary>How far agents may hire one another.</summary>
public sealed class HiringOptions
{
    /// <summary>How many agents of this node may hire one another in a row. A seller elsewhere is held by its hirer's budget only. Range 1 to 16; default 4.</summary>
    public int MaxDepth { get; set; } = 4;

    /// <summary>Purchases for one task. Range 1 to 1,000; default 32.</summary>
    public int MaxHires { get; set; } = 32;

    /// <summary>Offers that one search of an agent shows. Range 1 to 100; default 20.</summary>
    public int MaxOffers { get; set; } = 20;
}
