namespace Betar.Agents.Hiring;

/// <summary>What came of hiring an agent.</summary>
/// <param name="Output">The answer; empty when there is none.</param>
/// <param name="PaidAtomic">What it cost, atomic units, decimal text.</param>
/// <param name="Payment">The payment key; empty when nothing was paid.</param>
/// <param name="Code">Empty when it went well, otherwise a code of docs/errors.md.</param>
/// <param name="Reason">Why there is no answer, in one sentence.</param>
public sealed record HireOutcome(string Output, string PaidAtomic, string Payment, string Code = "", string Reason = "")
{
    public bool Succeeded => Code.Length == 0;
}
