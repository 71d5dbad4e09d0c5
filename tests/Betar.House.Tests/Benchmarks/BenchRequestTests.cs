using Betar.Benchmarks.Harness;

namespace Betar.House.Tests.Benchmarks;

/// <summary>What is asked for is measured, and what is not there is said.</summary>
public sealed class BenchRequestTests
{
    private static readonly IBench[] Benches = [new Bench("many", ["one", "two", "three"]), new Bench("whole", []), new Bench("counted", ["one"], "agents", "minutes")];

    [Fact]
    public void Several_parts_are_all_measured_and_no_others()
    {
        var request = Parse("many", "--only=one", "--only=three");
        var context = new BenchContext(null) { Only = request.Only };

        Assert.Equal((null, "many"), (request.Refusal, request.Bench!.Name));
        Assert.Equal([true, false, true], request.Bench.Parts.Select(context.Wants));
    }

    [Fact]
    public void Without_a_choice_all_parts_are_measured() => Assert.True(new BenchContext(null) { Only = Parse("many").Only }.Wants("two"));

    [Theory]
    [InlineData("BTR-1001: bench 'many' has no part 'four'; it has: one, two, three.", "many", "--only=one", "--only=four")]
    [InlineData("BTR-1001: bench 'many' has no part 'one,two'; it has: one, two, three.", "many", "--only=one,two")]
    [InlineData("BTR-1001: bench 'many' has no part ''; it has: one, two, three.", "many", "--only=")]
    [InlineData("BTR-1001: bench 'whole' has no part 'one'; it has: none.", "whole", "--only=one")]
    [InlineData("BTR-1001: there is no bench 'none'; `betar bench list` shows what there is.", "none")]
    [InlineData("BTR-1001: there is no bench 'many whole'; `betar bench list` shows what there is.", "many", "whole")]
    [InlineData("BTR-1002: bench 'whole' has no short form.", "whole", "--quick")]
    [InlineData("BTR-1002: option '--only' does not exist; a bench knows --help, --json, --quick and --only=PART, which may be repeated.", "many", "--only", "one")]
    [InlineData("BTR-1002: option '--agents=5' does not exist; a bench knows --help, --json, --quick and --only=PART, which may be repeated.", "many", "--agents=5")]
    [InlineData("BTR-1002: option '--agent=5' does not exist; a bench knows --help, --json, --quick and --only=PART, which may be repeated; this one --agents=N too; this one --minutes=N too.", "counted", "--agent=5")]
    [InlineData("BTR-1002: option '--agents' names no whole number from 1 on: write --agents=N.", "counted", "--agents")]
    [InlineData("BTR-1002: option '--agents=' names no whole number from 1 on: write --agents=N.", "counted", "--agents=")]
    [InlineData("BTR-1002: option '--agents=0' names no whole number from 1 on: write --agents=N.", "counted", "--agents=0")]
    [InlineData("BTR-1002: option '--agents=-1' names no whole number from 1 on: write --agents=N.", "counted", "--agents=-1")]
    [InlineData("BTR-1002: option '--minutes=1.5' names no whole number from 1 on: write --minutes=N.", "counted", "--minutes=1.5")]
    [InlineData("BTR-1002: option '--minutes=99999999999' names no whole number from 1 on: write --minutes=N.", "counted", "--minutes=99999999999")]
    [InlineData("BTR-1002: option '--fast' does not exist; a bench knows --help, --json, --quick and --only=PART, which may be repeated.", "--fast", "many")]
    public void What_is_not_there_is_refused_with_what_there_is(string sentence, params string[] args) => Assert.Equal(sentence, Parse(args).Refusal);

    [Theory]
    [InlineData]
    [InlineData("list")]
    public void Without_a_name_there_is_the_list(params string[] args) => Assert.Equal((null, null), (Parse(args).Refusal, Parse(args).Bench));

    [Theory]
    [InlineData(false, false, "many")]
    [InlineData(true, false, "--json", "many")]
    [InlineData(false, true, "many", "--quick")]
    [InlineData(true, true, "--quick", "many", "--json")]
    public void Forms_are_read_in_any_place(bool json, bool quick, params string[] args) => Assert.Equal((json, quick), (Parse(args).IsJson, Parse(args).IsQuick));

    [Theory]
    [InlineData("many", "--help")]
    [InlineData("-h", "many")]
    public void Who_asks_how_measures_nothing(params string[] args)
    {
        Assert.True(Parse(args).IsHelp);
        Assert.False(Parse("many").IsHelp);
    }

    [Fact]
    public void Numbers_are_read_by_their_names_and_the_others_are_nobodys_choice()
    {
        var request = Parse("counted", "--agents=100000", "--quick");
        var context = new BenchContext(null) { Numbers = request.Numbers };

        Assert.Null(request.Refusal);
        Assert.Equal((100_000, null), (context.Number("agents"), context.Number("minutes")));
    }

    [Fact]
    public void Of_a_number_that_is_named_twice_the_last_counts() => Assert.Equal(7, Parse("counted", "--minutes=5", "--minutes=7").Numbers["minutes"]);

    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 2)]
    public async Task The_short_form_runs_one_round_after_the_one_that_does_not_count(bool quick, int expected)
    {
        var runs = 0;
        var rounds = await new BenchContext(null) { IsQuick = quick }.RoundsAsync("", () => Task.FromResult((double)++runs));

        Assert.Equal((expected, expected - 1), (runs, rounds.Count));
    }

    private static BenchRequest Parse(params string[] args) => BenchRequest.Parse(args, Benches);

    private sealed class Bench(string name, string[] parts, params string[] numbers) : IBench
    {
        public string Name => name;

        public string Summary => "";

        public IReadOnlyList<string> Parts => parts;

        public IReadOnlyList<string> Numbers => numbers;

        public Task RunAsync(BenchContext context) => Task.CompletedTask;
    }
}
