using Betar.Mutants.Making;

namespace Betar.Mutants.Running;

/// <summary>What became of one mutant, and by which test.</summary>
internal sealed record Trial(Mutant Mutant, Verdict Verdict, string By = "")
{
    public bool IsKilled => Verdict is Verdict.Killed or Verdict.TimedOut;
}
