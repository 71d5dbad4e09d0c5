using Betar.Mutants.Making;
using Betar.Mutants.Tests.Support;

namespace Betar.Mutants.Tests.Making;

/// <summary>A source with all its mutants compiles, does what it did while none is on, and with one on does what that one says.</summary>
public sealed class RewriterTests
{
    private const string Text = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        public static class A
        {
            private static readonly ulong Limit = 10;

            private static readonly int Parsed = int.TryParse("7", out var parsed) ? parsed : 0;

            public static int Seven => Parsed;

            public static int Count { get; private set; }

            public static int Guard(object value)
            {
                if (value is not string { Length: > 2 } text)
                    return -1;
                for (var i = 0; i < text.Length; i++)
                    Count += 2;
                return text.Length;
            }

            public static bool Below(int x) => (ulong)x < Limit;

            public static void Touch() => Count = 100;

            public static async Task<int> Later(int x)
            {
                await Task.Yield();
                return x * 5;
            }

            public static IEnumerable<int> Some()
            {
                yield return 1;
                yield return 2;
            }

            public static string Named(int x)
            {
                string Name() => x.ToString();
                return x switch { > 5 => "many", _ => Name() };
            }
        }
        """;

    [Fact]
    public void With_none_on_it_does_what_it_did()
    {
        var compiled = new Compiled(Text);

        Assert.Equal(4, compiled.Call("Guard", null, "four"));
        Assert.Equal(8, compiled.Call("get_Count", null));
        Assert.Equal(-1, compiled.Call("Guard", null, "1"));
        Assert.Equal((object?[])[true, false], [compiled.Call("Below", null, 9), compiled.Call("Below", null, 10)]);
        Assert.Equal([1, 2], (IEnumerable<int>)compiled.Call("Some", null)!);
        Assert.Equal(7, compiled.Call("get_Seven", null));
        Assert.Equal((object?[])["many", "5"], [compiled.Call("Named", null, 6), compiled.Call("Named", null, 5)]);
    }

    [Fact]
    public async Task With_one_on_it_does_what_that_one_says()
    {
        var compiled = new Compiled(Text);

        Assert.Equal(2, compiled.Call("Guard", compiled.The(">= 2"), "12"));
        Assert.Equal(true, compiled.Call("Below", compiled.The("(ulong)x <= Limit"), 10));
        Assert.Equal(7, await (Task<int>)compiled.Call("Later", compiled.The("x / 5"), 35)!);
        Assert.Equal("", compiled.Call("Named", compiled.Mutants.Single(mutant => mutant is { Before: "\"many\"", Kind: "literal" }), 6));
        Assert.Equal([2], (IEnumerable<int>)compiled.Call("Some", compiled.Mutants.First(mutant => mutant is { Before: "yield return 1;", After: "" }))!);
        compiled.Call("Touch", compiled.Mutants.Single(mutant => mutant.Before == "=> Count = 100"));
        Assert.NotEqual(100, compiled.Call("get_Count", null));
    }

    [Fact]
    public void A_place_is_noted_when_it_is_reached_and_not_before()
    {
        var compiled = new Compiled(Text);
        var inLoop = compiled.The("Count -= 2").Place;

        compiled.Call("Guard", null, "1");
        Assert.DoesNotContain(inLoop, compiled.Places);
        compiled.Call("Guard", null, "four");
        Assert.Contains(inLoop, compiled.Places);
    }

    [Fact]
    public void The_lines_of_a_mutant_are_known()
    {
        var bodies = Changes.Bodies(Text);
        var rewritten = Rewriter.Of(new Source("src/A.cs", Text), bodies);
        var lines = rewritten.Text.Split('\n');
        var mutant = bodies.SelectMany(entry => entry.Mutants).Single(mutant => mutant.After == "Count -= 2");

        var line = Array.FindIndex(lines, line => line.Contains("Count -= 2", StringComparison.Ordinal)) + 1;

        Assert.Equal([mutant.Number], rewritten.MutantsAt(line));
        Assert.Empty(rewritten.MutantsAt(1));
    }

    [Fact]
    public void What_a_body_says_itself_belongs_to_all_its_mutants()
    {
        var bodies = Changes.Bodies(Text);
        var rewritten = Rewriter.Of(new Source("src/A.cs", Text), bodies);
        var (_, mutants) = bodies.Single(entry => entry.Mutants.Any(mutant => mutant.After == "Count -= 2"));

        var lines = rewritten.Text.Split('\n');
        var mutated = Array.FindIndex(lines, text => text.Contains("Count -= 2", StringComparison.Ordinal));
        var line = Array.FindIndex(lines, mutated, text => text.Contains("default:", StringComparison.Ordinal)) + 1;

        Assert.Equal(mutants.Select(mutant => mutant.Number), rewritten.MutantsAt(line));
    }
}
