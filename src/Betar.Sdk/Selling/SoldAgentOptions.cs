namespace Betar.Sdk.Selling;

/// <summary>What else an agent is, beside its name and price.</summary>
public sealed class SoldAgentOptions
{
    /// <summary>What buyers read of it. Default empty.</summary>
    public string Description { get; set; } = "";

    /// <summary>The same task twice does no harm: a crash is answered by another run in place of a refund. Default false.</summary>
    public bool Idempotent { get; set; }

    /// <summary>Who is paid; default the seller's own wallet.</summary>
    public string? PayTo { get; set; }
}
