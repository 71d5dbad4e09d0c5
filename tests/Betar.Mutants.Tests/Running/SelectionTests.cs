using Betar.Mutants.Making;
using Betar.Mutants.Running;
using Microsoft.CodeAnalysis.Text;

namespace Betar.Mutants.Tests.Running;

/// <summary>Who can notice a mutant is tried, the quickest first, and nobody else.</summary>
public sealed class SelectionTests
{
    private static readonly Mutant Early = Mutant(1, place: 1);
    private static readonly Mutant Late = Mutant(2, place: 2);
    private static readonly Mutant Elsewhere = Mutant(3, place: 3);

    private readonly Selection _selection = new(
        [[new("Slow", 900, null, [1]), new("Quick", 10, null, [1, 3]), new("Never", 1, null, []), new("Away", 2, null, [4])], [new("Other", 5, null, [1])]],
        [Early, Late, Elsewhere, Elsewhere with { Number = 4, Place = 4, File = "b.cs" }]);

    [Fact]
    public void Classes_that_reach_its_place_the_quickest_first() => Assert.Equal(["Quick", "Slow", "/", "Other"], Names(Early));

    [Fact]
    public void Nobody_when_nobody_reaches_it() => Assert.Equal(["/"], Names(Late));

    [Fact]
    public void All_of_an_assembly_that_reached_it_when_it_runs_once_its_files_own_first() => Assert.Equal(["Quick", "Slow", "Never", "Away", "/"], Names(Elsewhere with { Once = true }));

    private IEnumerable<string> Names(Mutant mutant) => string.Join(",/,", _selection.For(mutant).Select(classes => string.Join(',', classes.Select(run => run.Name))))
        .Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static Mutant Mutant(int number, int place) =>
        new() { Number = number, Place = place, File = "a.cs", Line = 1, Kind = "", Before = "", After = "", Edit = new Edit(default(TextSpan), "") };
}
