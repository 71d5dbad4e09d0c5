namespace Betar.Agents.Hiring;

/// <summary>An agent that can be hired.</summary>
/// <param name="Agent">Its id.</param>
/// <param name="Name">As its seller calls it.</param>
/// <param name="Description">As its seller describes it.</param>
/// <param name="PriceAtomic">Of one task, atomic units, decimal text.</param>
/// <param name="Trust">As <c>betar market list</c> says it.</param>
public sealed record HireOffer(string Agent, string Name, string Description, string PriceAtomic, string Trust);
