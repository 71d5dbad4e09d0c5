using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Betar.Libp2p.Tests.Documents;

/// <summary>The programs of the README are compiled and run as they stand there.</summary>
public sealed class ReadmeTests
{
    public static TheoryData<int> Programs => [.. Enumerable.Range(0, Sources().Count)];

    [Fact]
    public void There_are_programs_and_the_first_is_short()
    {
        Assert.Equal(2, Sources().Count);
        Assert.InRange(Sources()[0].Split('\n').Count(line => line.Trim().Length > 0), 1, 12);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Each_compiles_and_runs(int index)
    {
        using var image = new MemoryStream();
        var result = Compile(Sources()[index]).Emit(image);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));

        // The entry point of a program with awaits is asynchronous behind a wrapper that waits; the wrapper may wait on a thread of its own.
        var entry = Assembly.Load(image.ToArray()).EntryPoint!;
        await Task.Run(() => entry.Invoke(null, [Array.Empty<string>()])).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Readme" + Guid.NewGuid().ToString("N"),
        [CSharpSyntaxTree.ParseText(source), CSharpSyntaxTree.ParseText("global using System; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;")],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    private static List<string> Sources() =>
        [.. Regex.Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Libp2p.README.md")), "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
}
