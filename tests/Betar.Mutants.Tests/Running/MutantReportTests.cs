using Betar.Mutants.Running;
using Betar.Mutants.Tests.Support;

namespace Betar.Mutants.Tests.Running;

public sealed class MutantReportTests
{
    private static readonly MutantReport Report = new(7, [.. Changes.Of("class A { bool F(int x) => x < 3; }").Take(4)
        .Zip([Verdict.Killed, Verdict.TimedOut, Verdict.Survived, Verdict.NotReached], (mutant, verdict) => new Trial(mutant, verdict))]);

    [Fact]
    public void What_ran_out_of_time_was_noticed_and_what_nobody_reaches_was_not()
    {
        Assert.Equal(50.0, Report.KilledPercent);
        Assert.Equal("4 mutants, seed 7: 1 killed, 1 timed out, 1 survived, 1 not reached: 50.0 %", Report.Summary);
    }

    [Fact]
    public void Survivors_are_listed_with_place_and_change()
    {
        Assert.Equal(2, Report.Survivors.Count());
        Assert.All(Report.Survivors, line => Assert.Matches(@"^(survived|not reached) src/A\.cs:1 [a-z]+: .+ → .+$", line));
    }

    [Fact]
    public void No_mutants_are_no_success() => Assert.Equal(0, new MutantReport(7, []).KilledPercent);
}
