using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Fuzz.Tests;

/// <summary>A short share of the fuzzing with every run; a long one with <c>--long</c>, elsewhere each time.</summary>
public sealed class TargetTests(ITestOutputHelper output)
{
    private const long ShortRounds = 4_000;

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_short_share_finds_nothing(string name) => Run(name, new FuzzPlan(TestSeed.Value) { Rounds = ShortRounds, TimeBound = TimeSpan.FromSeconds(5) });

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public void A_long_share_finds_nothing(string name) => Run(name, new FuzzPlan(TestSeed.Value) { Time = TimeSpan.FromMinutes(2) });

    [Theory]
    [MemberData(nameof(Names))]
    public void Something_of_the_corpus_is_taken(string name)
    {
        var corpus = Corpus.Of(name);

        Assert.NotEmpty(corpus);
        Assert.Contains(corpus, Target(name).Take);
    }

    [Fact]
    public void Names_are_different_and_every_folder_has_its_target()
    {
        var names = FuzzTargets.All.Select(target => target.Name).ToList();
        var folders = Directory.EnumerateDirectories(Path.Combine(AppContext.BaseDirectory, "corpus")).Select(folder => Path.GetFileName(folder)!);

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Empty(folders.Except(names));
    }

    private static IFuzzTarget Target(string name) => FuzzTargets.All.Single(target => target.Name == name);

    private void Run(string name, FuzzPlan plan)
    {
        var report = FuzzRun.Of(Target(name), plan, Corpus.Of(name));
        output.WriteLine(report.ToString());
        Assert.True(report.Finding is null, report.Finding?.ToString());
    }
}
