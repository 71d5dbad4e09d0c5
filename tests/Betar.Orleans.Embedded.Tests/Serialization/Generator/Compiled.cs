using System.Collections.Immutable;
using Betar.Orleans.Embedded.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Betar.Orleans.Embedded.Tests.Serialization.Generator;

/// <summary>Runs the generator over source text, as the compiler would.</summary>
internal sealed class Compiled
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("Betar.Orleans.Embedded.Tests", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);

    private Compiled(GeneratorDriver driver, CSharpCompilation input)
    {
        Driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out var reported);
        Reported = reported;
        Input = input;
        Output = output;
    }

    public GeneratorDriver Driver { get; }

    public CSharpCompilation Input { get; }

    public Compilation Output { get; }

    /// <summary>What the generator itself had to say.</summary>
    public ImmutableArray<Diagnostic> Reported { get; }

    public IEnumerable<string> Sources => Driver.GetRunResult().Results[0].GeneratedSources.Select(static source => source.SourceText.ToString());

    /// <summary>Errors and warnings of the whole, generated code included; hidden hints are not meant for anybody.</summary>
    public IEnumerable<Diagnostic> Faults => Output.GetDiagnostics().Where(static one => one.Severity >= DiagnosticSeverity.Warning);

    public static Compiled Of(string source)
    {
        var compilation = CSharpCompilation.Create(
            "Sample.Contracts",
            [Parse(source)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: false));
        var driver = CSharpGeneratorDriver.Create(
            [new EmbeddedGenerator().AsSourceGenerator()],
            parseOptions: Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return new Compiled(driver, compilation);
    }

    /// <summary>The same project after an edit in another file.</summary>
    public Compiled With(string source) => new(Driver, Input.AddSyntaxTrees(Parse(source)));

    public string[] Ids() => [.. Reported.Select(static one => one.Id)];

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(
        "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks; using Orleans; using Orleans.Concurrency; using Orleans.Runtime;\n" + source,
        Options);
}
