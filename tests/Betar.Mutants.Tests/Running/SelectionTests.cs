using Betar.Mutants.Making;
using Betar.Mutants.Running;
using Microsoft.CodeAnalysis.Text;

namespace Betar.Mutants.Tests.Running;

/// <summary>Who can notice a mutant is tried, the quickest first, and nobody else.</summary>
public sealed class SelectionTests
{
    private static readonly Mutant Early = Mutant(1, place: 1, "a.cs");
    private static readonly Mutant Late = Mutant(2, place: 2, "a.cs");
    private static readonly Mutant Elsewhere = Mutant(3, place: 3, "b.cs");

    private readonly Selection _selection = new(
        [[new("Slow", 900, null, [1]), new("Quick", 10, null, [1])], [new("Other", 5, null, [1, 3])]],
        new[] { Early, Late, Elsewhere }.ToDictionary(mutant => mutant.Number));

    [Fact]
    public void Classes_that_reach_its_place_the_quickest_first() => Assert.Equal(["Quick", "Slow", "/", "Other"], Names(Early));

    [Fact]
    public void Nobody_when_nobody_reaches_it() => Assert.Equal(["/"], Names(Late));

    [Fact]
    public void All_that_use_its_file_when_it_runs_once() => Assert.Equal(["/", "Other"], Names(Elsewhere with { Place = 4, Once = true }));

    [Fact]
    public void All_when_it_runs_once_in_a_file_that_nothing_else_shows() =>
        Assert.Equal(["Quick", "Slow", "/", "Other"], Names(Mutant(5, place: 5, "c.cs") with { Once = true }));

    private IEnumerable<string> Names(Mutant mutant) => string.Join(",/,", _selection.For(mutant).Select(classes => string.Join(',', classes.Select(run => run.Name))))
        .Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static Mutant Mutant(int number, int place, string file) =>
        new() { Number = number, Place = place, File = file, Line = 1, Kind = "", Before = "", After = "", Edit = new Edit(default(TextSpan), "") };
}
