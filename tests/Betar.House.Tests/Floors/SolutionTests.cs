using Betar.House.Tests.Support;

namespace Betar.House.Tests.Floors;

public sealed class SolutionTests
{
    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.File("Betar.Orleans.sln").Text;
        var missing = Repository.Files.Where(file => file.Name.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(file => !solution.Contains(file.Name.Replace('/', '\\'), StringComparison.Ordinal));

        Findings.None(missing.Select(file => file.Name));
    }

    [Fact]
    public void Every_project_of_the_solution_is_there()
    {
        var named = System.Text.RegularExpressions.Regex.Matches(Repository.File("Betar.Orleans.sln").Text, "\"([^\"]+\\.csproj)\"")
            .Select(match => match.Groups[1].Value.Replace('\\', '/')).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(File.Exists(Path.Combine(Repository.Root, name)), name));
    }

    [Fact]
    public void Versions_stand_in_one_place() =>
        Findings.None(Rooms.Projects("src").Concat(Rooms.Projects("tests")).Where(project => project.PinsVersions).Select(project => project.Name));

    [Fact]
    public void Every_room_has_its_tests()
    {
        // The generator is tested through what it generates; the testing host by every cluster test.
        string[] covered = ["Betar.Orleans.Embedded.Generator", "Betar.Orleans.TestingHost", "Betar.Grains.Abstractions"];
        var tests = Rooms.Projects("tests").Select(project => project.Name).ToHashSet();

        Assert.All(Rooms.Floors.Keys.Except(covered), room => Assert.Contains(room + ".Tests", tests));
    }
}
