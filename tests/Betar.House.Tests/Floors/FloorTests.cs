using System.Reflection;
using System.Runtime.CompilerServices;
using Betar.House.Tests.Support;

namespace Betar.House.Tests.Floors;

public sealed class FloorTests
{
    /// <summary>The testing host drives the engine from inside, as Orleans' own does; the fuzzer reaches parsers that nobody else should call, and what is built on hosts is tested on hosts in memory.</summary>
    private static readonly (string Room, string Friend)[] Friends =
        [("Betar.Orleans.Embedded", "Betar.Orleans.TestingHost"), ("Betar.Libp2p", "Betar.Fuzz"), ("Betar.Ethereum", "Betar.Fuzz"), ("Betar.Blocks", "Betar.Fuzz"),
            ("Betar.Marketplace", "Betar.Fuzz"), ("Betar.Agents", "Betar.Fuzz"), ("Betar.Libp2p", "Betar.Blocks.Tests"), ("Betar.Libp2p", "Betar.Marketplace.Tests"),
            ("Betar.Libp2p", "Betar.Benchmarks"), ("Betar.Marketplace", "Betar.Benchmarks"), ("Betar.Node", "Betar.Fuzz"), ("Betar.Node", "Betar.Sdk"), ("Betar.Node", "Betar.Benchmarks")];

    [Fact]
    public void Every_room_has_a_floor() =>
        Assert.Equal(Rooms.Floors.Keys.Order(StringComparer.Ordinal), Rooms.Projects("src").Select(project => project.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void No_project_references_one_above_or_beside_it() => Findings.None(Rooms.Projects("src").SelectMany(Violations));

    [Theory]
    [InlineData("Betar.Ethereum", "../Betar.X402/Betar.X402.csproj")]
    [InlineData("Betar.Storage", "..\\Betar.Agents\\Betar.Agents.csproj")]
    [InlineData("Betar.Grains", "../Betar.Node/Betar.Node.csproj")]
    [InlineData("Betar.Crypto", "../Betar.Orleans.Embedded/Betar.Orleans.Embedded.csproj")]
    [InlineData("Betar.Crypto", "../Betar.Unknown/Betar.Unknown.csproj")]
    public void A_reference_upwards_or_sideways_is_found(string name, string reference) => Assert.Single(Violations(
        Project.Parse(name, $"<Project><ItemGroup><ProjectReference Include=\"{reference}\" /></ItemGroup></Project>")));

    [Fact]
    public void The_engine_counts_as_a_reference() => Assert.Single(Violations(
        Project.Parse("Betar.Crypto", "<Project><PropertyGroup><UsesEngine>true</UsesEngine></PropertyGroup></Project>")));

    [Fact]
    public void What_was_compiled_keeps_the_floors_too()
    {
        foreach (var (room, floor) in Rooms.Floors.Where(room => IsDeployed(room.Key)))
        {
            var above = Rooms.Load(room).GetReferencedAssemblies()
                .Where(reference => Rooms.Floors.TryGetValue(reference.Name!, out var other) && other >= floor);
            Assert.True(!above.Any(), $"{room} uses {string.Join(", ", above.Select(reference => reference.Name))}");
        }
    }

    [Theory]
    [InlineData("Betar.Crypto")]
    [InlineData("Betar.Ethereum")]
    [InlineData("Betar.X402")]
    [InlineData("Betar.Libp2p")]
    [InlineData("Betar.Blocks")]
    [InlineData("Betar.Marketplace")]
    public void The_libraries_know_no_grain_no_configuration_and_no_console(string room)
    {
        var foreign = Rooms.Load(room).GetReferencedAssemblies().Select(reference => reference.Name!).Where(name =>
            name.Contains("Orleans", StringComparison.Ordinal) || name == "System.Console"
            || name.StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

        Findings.None(foreign);
    }

    [Fact]
    public void Internals_are_open_to_the_rooms_own_tests_only()
    {
        foreach (var room in Rooms.Floors.Keys.Where(IsDeployed))
        {
            var friends = Rooms.Load(room).GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName);
            Assert.Equal([room + ".Tests"], friends.Where(friend => !Friends.Contains((room, friend))));
        }
    }

    private static IEnumerable<string> Violations(Project project) => project.References
        .Where(reference => !Rooms.Floors.TryGetValue(reference, out var floor) || floor >= Rooms.Floors[project.Name])
        .Select(reference => $"{project.Name} references {reference}");

    /// <summary>The generator runs in the compiler, the testing host in tests: neither comes with the executable.</summary>
    private static bool IsDeployed(string room) => File.Exists(Path.Combine(AppContext.BaseDirectory, room + ".dll"));
}
