namespace Betar.Fuzz.Tests;

/// <summary>The fuzzer finds what is planted, and finds it again.</summary>
public sealed class FuzzRunTests
{
    private static readonly FuzzPlan Plan = new(7) { Rounds = 20_000, TimeBound = TimeSpan.FromMinutes(1) };
    private static readonly byte[][] Corpus = [[1, 2, 3, 4], [9, 9]];

    [Fact]
    public void An_exception_is_found_with_its_input_and_can_be_replayed()
    {
        static bool Fails(byte[] input) => input is [1, 2, 0xFF, ..] ? throw new InvalidDataException("planted") : false;

        var finding = FuzzRun.Of(new StandInTarget(Fails), Plan, Corpus).Finding!;

        Assert.Contains("planted", finding.What, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Fails(finding.Input));
        Assert.Contains(Convert.ToHexString(finding.Input), finding.ToString(), StringComparison.Ordinal);
        Assert.Contains("seed 7", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disagreement_with_the_oracle_is_found() =>
        Assert.NotNull(FuzzRun.Of(new StandInTarget(input =>
        {
            FuzzException.Unless(input.Length < 50, "longer than the oracle allows");
            return true;
        }), Plan, Corpus).Finding);

    [Fact]
    public void Too_much_memory_is_found()
    {
        var target = new StandInTarget(input => input is not [0xFF, ..] || new byte[1_000_000].Length > 0);

        var finding = FuzzRun.Of(target, Plan, Corpus).Finding!;

        Assert.Contains("bytes allocated", finding.What, StringComparison.Ordinal);
        Assert.Equal(0xFF, finding.Input[0]);
    }

    [Fact]
    public void Too_much_time_is_found_when_it_is_taken_every_time()
    {
        var busy = new StandInTarget(input =>
        {
            var until = Environment.TickCount64 + 20;
            while (input is [0xFF, ..] && Environment.TickCount64 < until)
                Thread.SpinWait(100);
            return true;
        });

        Assert.Contains(" ms, ", FuzzRun.Of(busy, Plan with { TimeBound = TimeSpan.FromMilliseconds(10) }, Corpus).Finding!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void The_corpus_comes_first_as_it_is()
    {
        var target = new StandInTarget(_ => true);

        FuzzRun.Of(target, Plan with { Rounds = 0 }, Corpus);

        Assert.Equal(Corpus, target.Seen.Take(2));
    }

    [Fact]
    public void Harm_of_the_corpus_is_found_before_the_first_round() =>
        Assert.Equal(-1, FuzzRun.Of(new StandInTarget(input => input is [9, ..] ? throw new InvalidDataException() : false), Plan, Corpus).Finding!.Round);

    [Fact]
    public void The_same_seed_tries_the_same_inputs_and_another_one_others()
    {
        var (first, again, other) = (new StandInTarget(Even), new StandInTarget(Even), new StandInTarget(Even));

        FuzzRun.Of(first, Plan with { Rounds = 500 }, Corpus);
        FuzzRun.Of(again, Plan with { Rounds = 500 }, Corpus);
        FuzzRun.Of(other, Plan with { Rounds = 500, Seed = 8 }, Corpus);

        Assert.Equal(first.Seen, again.Seen);
        Assert.NotEqual(first.Seen, other.Seen);

        static bool Even(byte[] input) => input.Length % 2 == 0;
    }

    [Fact]
    public void Inputs_stay_below_the_longest_length()
    {
        var target = new StandInTarget(_ => true);

        FuzzRun.Of(target, Plan with { MaxLength = 100 }, Corpus);

        Assert.Equal(100, target.Seen.Max(input => input.Length));
    }

    [Fact]
    public void Time_ends_a_run_that_rounds_do_not() =>
        Assert.Null(FuzzRun.Of(new StandInTarget(_ => false), new FuzzPlan(1) { Time = TimeSpan.FromMilliseconds(20) }, Corpus).Finding);

    [Fact]
    public void A_target_without_corpus_is_tried_too() => Assert.NotNull(FuzzRun.Of(new StandInTarget(input => input.Length > 3 ? throw new InvalidDataException() : true), Plan, []).Finding);
}
