using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Betar.Mutants.Making;

namespace Betar.Mutants.Building;

/// <summary>Compiles a project of the product with all its mutants in it: the same compiler, references and generators, other sources.</summary>
internal sealed partial class Compiler(MutatedProject project)
{
    private const int MaxRounds = 12;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private readonly string _folder = Path.Combine(Repository.Root, "src", project.Name);
    private readonly string _work = Path.Combine(Repository.Work, "src", project.Name);

    /// <summary>Where the assembly is.</summary>
    public string Output => Path.Combine(_work, project.Name + ".dll");

    /// <returns>The mutants that are no valid program, which the assembly goes without.</returns>
    public IReadOnlySet<int> Compile()
    {
        var leftOut = new HashSet<int>();
        var arguments = Arguments();
        for (var round = 0; round < MaxRounds; round++)
        {
            var written = Write(leftOut);
            File.WriteAllLines(Path.Combine(_work, "arguments.rsp"), arguments.Select(argument => Instead(argument, written)));
            var run = Tool.Run(["exec", CompilerOfTheSdk(), "/noconfig", "@" + Path.Combine(_work, "arguments.rsp")], _folder, Limit);
            if (run.ExitCode == 0)
                return leftOut;
            var before = leftOut.Count;
            leftOut.UnionWith(Culprits(run.Output, written));
            if (leftOut.Count == before)
                throw new InvalidOperationException($"{project.Name} does not compile with mutants:\n{run.Output}");
        }

        throw new InvalidOperationException($"{project.Name} does not compile after {MaxRounds} rounds.");
    }

    private Dictionary<string, Rewritten> Write(IReadOnlySet<int> leftOut)
    {
        Directory.CreateDirectory(_work);
        using (var source = typeof(Compiler).Assembly.GetManifestResourceStream("MutantSwitch.cs")!)
        using (var copy = File.Create(Path.Combine(_work, "MutantSwitch.cs")))
            source.CopyTo(copy);

        var written = new Dictionary<string, Rewritten>(StringComparer.Ordinal);
        foreach (var file in project.Files)
        {
            var rewritten = file.With(leftOut);
            var name = Path.Combine(_work, Path.GetRelativePath(_folder, Path.Combine(Repository.Root, file.Source.File)));
            Directory.CreateDirectory(Path.GetDirectoryName(name)!);
            File.WriteAllText(name, rewritten.Text);
            written[name] = rewritten;
        }

        return written;
    }

    private string Instead(string argument, Dictionary<string, Rewritten> written)
    {
        if (argument.StartsWith("/out:", StringComparison.Ordinal))
            return $"/out:\"{Output}\"";
        if (argument.StartsWith('/'))
            return argument;
        var mutated = Path.GetFullPath(Path.Combine(_work, argument));
        return $"\"{(written.ContainsKey(mutated) ? mutated : argument)}\"";
    }

    private List<string> Arguments()
    {
        var run = Tool.Run(
        [
            "build", Path.Combine(_folder, project.Name + ".csproj"), "-c", "Release", "--artifacts-path", Repository.Artifacts, "--nologo", "--no-restore",
            "-p:BuildProjectReferences=false", "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true", "-p:NonExistentFile=none/none",
            "-t:Compile", "-getItem:CscCommandLineArgs",
        ], _folder, Limit);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"The compiler's arguments for {project.Name} are not known; ./test builds what is needed first:\n{run.Output}");
        using var json = JsonDocument.Parse(run.Output);
        var arguments = json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);
        string[] dropped = ["/noconfig", "/warnaserror", "/refout", "/embed", "/analyzerconfig", "/errorreport"];
        return
        [
            .. arguments.Where(argument => !dropped.Any(option => argument.StartsWith(option, StringComparison.Ordinal))),
            "/skipanalyzers+", "/warn:0", Path.Combine(_work, "MutantSwitch.cs"),
        ];
    }

    private static IEnumerable<int> Culprits(string output, Dictionary<string, Rewritten> written) => ErrorLine().Matches(output)
        .Where(match => written.ContainsKey(match.Groups["file"].Value))
        .SelectMany(match => written[match.Groups["file"].Value].MutantsAt(int.Parse(match.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture)))
        .Distinct();

    private static string CompilerOfTheSdk()
    {
        var run = Tool.Run(["--version"], Repository.Root, Limit);
        return Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "sdk", run.Output.Trim(), "Roslyn", "bincore", "csc.dll");
    }

    [GeneratedRegex(@"^(?<file>[^\n(]+)\((?<line>[0-9]+),[0-9]+\): error ", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
