using System.Text.RegularExpressions;

namespace Betar.Mutants.Making;

/// <summary>What is changed: the payment protocol and the grains that money passes through.</summary>
internal sealed partial class Mutants
{
    private static readonly (string Project, string[] Folders)[] Places =
        [("Betar.X402", [""]), ("Betar.Grains", ["Payments", "Settlement", "Selling", "Buying"])];

    private Mutants(IReadOnlyList<MutatedProject> projects)
    {
        Projects = projects;
        ByNumber = projects.SelectMany(project => project.Files).SelectMany(file => file.Bodies).SelectMany(entry => entry.Mutants)
            .ToDictionary(mutant => mutant.Number);
    }

    public IReadOnlyList<MutatedProject> Projects { get; }

    public IReadOnlyDictionary<int, Mutant> ByNumber { get; }

    public static Mutants Of(string root)
    {
        var sources = Sources(root, Path.Combine(root, "src")).ToList();
        var known = KnownMembers.Of(sources.Select(source => source.Root));
        HashSet<string> unwatched = [.. sources.SelectMany(source => LogMethod().Matches(source.Text)).Select(match => match.Groups[1].Value), "ThrowIfNull", "nameof"];
        var maker = new Maker(known, unwatched);
        return new Mutants(
        [
            .. Places.Select(place => new MutatedProject(place.Project,
            [
                .. sources.Where(source => place.Folders.Any(folder => source.File.StartsWith($"src/{Path.Join(place.Project, folder)}/", StringComparison.Ordinal)))
                    .Select(source => new MutatedFile(source, maker.Of(source))),
            ])),
        ]);
    }

    private static IEnumerable<Source> Sources(string root, string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).Select(file => new Source(Path.GetRelativePath(root, file), File.ReadAllText(file)));

    [GeneratedRegex(@"\[LoggerMessage[^\n]*\n\s*[\w ]*\bpartial void (\w+)\(")]
    private static partial Regex LogMethod();
}
