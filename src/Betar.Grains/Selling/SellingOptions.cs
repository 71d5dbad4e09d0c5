namespace Betar.Grains.Selling;

/// <summary>What a seller offers beyond the price.</summary>
public sealed class SellingOptions
{
    /// <summary>Seconds within which a signed payment must be settled, as told to buyers. Range 10 to 3,600; default 60.</summary>
    public int MaxTimeoutSeconds { get; set; } = 60;

    /// <summary>Stop quoting when the refund account could not pay back what is held and one more task. Default on.</summary>
    public bool RequireRefundFloat { get; set; } = true;
}
