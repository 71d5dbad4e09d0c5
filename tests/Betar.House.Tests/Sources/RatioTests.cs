using Betar.House.Tests.Support;
using Xunit.Abstractions;

namespace Betar.House.Tests.Sources;

public sealed class RatioTests(ITestOutputHelper output)
{
    private const double Least = 1.2;

    [Fact]
    public void Tests_have_at_least_a_fifth_more_lines_than_what_they_test()
    {
        foreach (var room in Rooms.Floors.Keys.Order(StringComparer.Ordinal))
            output.WriteLine($"{room,-34} {Count("src/" + room),6} {Count("tests/" + room + ".Tests"),6}");
        var source = Count("src");
        var tests = Count("tests");
        var ratio = (double)tests / source;
        output.WriteLine($"{tests} / {source} = {ratio:0.00}");

        Assert.True(ratio >= Least, $"{tests} lines of tests for {source} lines of source: {ratio:0.00}");
    }

    private static int Count(string folder) => Repository.CSharp(folder).Sum(file => file.Lines.Count(line => line.Trim().Length > 1));
}
