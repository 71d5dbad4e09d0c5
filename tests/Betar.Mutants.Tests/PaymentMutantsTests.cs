using System.Globalization;
using Betar.Mutants.Running;
using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Mutants.Tests;

/// <summary>Whoever breaks a line of the payments hears of it from a test: at least nine times in ten.</summary>
public sealed class PaymentMutantsTests(ITestOutputHelper output)
{
    /// <summary>How many are tried; some dozens are enough by hand.</summary>
    public const string Variable = "BETAR_MUTANTS";
    private const int Usual = 300;
    private const double Least = 90;

    [Fact]
    [Trait("Category", "Long")]
    public void Nine_mutants_in_ten_are_killed()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : Usual;
        using var words = new StringWriter();
        using var run = MutantRun.Prepare(words);

        var report = new MutantReport(TestSeed.Value, [.. run.Some(TestSeed.Value, count).Select(run.Try)]);

        string[] lines = [.. words.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), .. report.Survivors, report.Summary];
        foreach (var line in lines)
        {
            TestNotes.Add(line);
            output.WriteLine(line);
        }

        Assert.True(report.KilledPercent >= Least, string.Join('\n', lines));
    }
}
