using System.Text.Json;
using Betar.Mutants.Running;

namespace Betar.Mutants.Tests.Running;

/// <summary>The host runs what it is told, in this very assembly.</summary>
public sealed class TestHostTests : IDisposable
{
    private readonly string _list = Path.GetTempFileName();

    [Fact]
    public void A_green_class_is_green() => Assert.Equal(TestHost.Green, Run(typeof(MutantReportTests)));

    [Fact]
    public void A_red_test_ends_it_and_a_class_without_tests_does_not() => Assert.Equal(TestHost.Red, Run(typeof(SelectionTests), typeof(string), typeof(PlantedRed)));

    [Fact]
    public void Notes_are_taken_of_every_class()
    {
        var notes = Path.GetTempFileName();
        try
        {
            Assert.Equal(TestHost.Green, Run(notes, typeof(PlantedRed), typeof(MutantReportTests)));

            var runs = JsonSerializer.Deserialize<List<ClassRun>>(File.ReadAllText(notes))!;
            Assert.Equal([nameof(PlantedRed), nameof(MutantReportTests)], runs.Select(run => run.Name.Split('.')[^1]));
            Assert.Contains("Is_red_for_the_host", runs[0].Red, StringComparison.Ordinal);
            Assert.Null(runs[1].Red);
        }
        finally
        {
            File.Delete(notes);
        }
    }

    public void Dispose() => File.Delete(_list);

    private int Run(params Type[] classes) => Run(null!, classes);

    private int Run(string notes, params Type[] classes)
    {
        File.WriteAllLines(_list, classes.Select(type => type.FullName!));
        return TestHost.Run(typeof(TestHostTests).Assembly.Location, _list, notes);
    }
}
