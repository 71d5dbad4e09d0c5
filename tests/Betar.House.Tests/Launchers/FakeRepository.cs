using System.Diagnostics;
using Betar.House.Tests.Support;

namespace Betar.House.Tests.Launchers;

/// <summary>The launchers in a small repository of their own, with a stand-in for the SDK that notes what it was asked.</summary>
internal sealed class FakeRepository : IDisposable
{
    private const string Sdk = """
        #!/bin/sh
        here=$(dirname "$0")
        case $1 in
            --version) [ -f "$here/wrong" ] && exit 1; echo 10.0.100 ;;
            build)
                echo "$*" >>"$here/builds"
                [ -f "$here/fail" ] && { echo "x.cs(1,1): error CS1002: ; expected"; exit 1; }
                for project in Betar.Node Betar.Benchmarks; do
                    mkdir -p "$ARTIFACTS/bin/$project/release"
                    printf '#!/bin/sh\necho %s-%s "$@"\necho $DOTNET_GCgen0size >"$0.gen0"\n' "$project" "$(wc -l <"$here/builds")" >"$ARTIFACTS/bin/$project/release/$project"
                    chmod +x "$ARTIFACTS/bin/$project/release/$project"
                done ;;
        esac
        """;

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("launch-");

    public FakeRepository()
    {
        foreach (var name in new[] { "betar", "test", "eng/build.sh", "eng/test-one", "eng/tools", "global.json", ".editorconfig", "Directory.Build.props" })
        {
            var target = Path.Combine(root.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, name), target);
        }

        Write("eng/tools.list", "# nothing is needed here\n");
        Write("src/Betar.Node/Betar.Node.csproj", "");
        Write("src/Betar.Node/Program.cs", "");
        Write("tests/Betar.Benchmarks/Program.cs", "");
        Write("sdk/dotnet", Sdk);
        File.SetUnixFileMode(PathOf("sdk/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public int Builds => File.Exists(PathOf("sdk/builds")) ? File.ReadAllLines(PathOf("sdk/builds")).Length : 0;

    public string PathOf(string name) => Path.Combine(root.FullName, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    public Process Start(string program, string[] args, bool withSdk = true, (string Name, string? Value)? variable = null)
    {
        var start = new ProcessStartInfo(PathOf(program), args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        start.Environment["ARTIFACTS"] = PathOf("artifacts");
        start.Environment["PATH"] = withSdk ? PathOf("sdk") + ":" + Environment.GetEnvironmentVariable("PATH") : ToolsOnly();
        start.Environment.Remove("DOTNET_GCgen0size");
        if (variable is { Value: { } value } set)
            start.Environment[set.Name] = value;
        return Process.Start(start)!;
    }

    public Task<LauncherRun> RunAsync(string program, params string[] args) => EndAsync(Start(program, args));

    public Task<LauncherRun> RunAsync(string program, (string Name, string? Value) variable) => EndAsync(Start(program, [], variable: variable));

    /// <summary>What the node that was started last wrote down under this name.</summary>
    public string Noted(string name) => File.ReadAllText(Directory.GetFiles(PathOf("artifacts/app"), "*." + name, SearchOption.AllDirectories).Single());

    public Task<LauncherRun> RunWithoutSdkAsync(string program) => EndAsync(Start(program, [], withSdk: false));

    public static async Task<LauncherRun> EndAsync(Process process)
    {
        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new LauncherRun(process.ExitCode, await output, await error);
        }
    }

    public void Dispose() => root.Delete(recursive: true);

    // A path with the tools of every system and no SDK.
    private string ToolsOnly()
    {
        var folder = Directory.CreateDirectory(PathOf("tools-only"));
        foreach (var tool in new[] { "sh", "dirname", "find", "head", "sed", "ls", "grep", "readlink", "date", "cat", "basename", "sort", "cut", "mkdir", "flock", "rm", "mv", "cp" })
        {
            var found = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(place => Path.Combine(place, tool)).FirstOrDefault(File.Exists);
            if (found is not null && !File.Exists(Path.Combine(folder.FullName, tool)))
                File.CreateSymbolicLink(Path.Combine(folder.FullName, tool), found);
        }

        return folder.FullName;
    }
}
