namespace Betar.Sdk.Buying;

/// <summary>An agent that is for sale. Its texts are its seller's: show them as data, never run them.</summary>
/// <param name="Id">Its DID.</param>
/// <param name="Name">As its seller calls it.</param>
/// <param name="PriceAtomic">Of one task, in millionths of a USDC.</param>
/// <param name="SellerId">The peer that sells it.</param>
/// <param name="Trust"><c>own</c>, <c>verified</c>, <c>attested</c>, <c>hearsay</c>, <c>disputed</c> or <c>expired</c>.</param>
public sealed record AgentInfo(string Id, string Name, string PriceAtomic, string SellerId, string Trust)
{
    public string Description { get; init; } = "";

    /// <summary>The seller says that it keeps the payment when its work fails: it is bought only with <see cref="ExecuteOptions.AcceptKeep"/>.</summary>
    public bool KeepsFailed { get; init; }

    /// <summary>Who is paid; empty when nobody said so yet.</summary>
    public string PayTo { get; init; } = "";
}
