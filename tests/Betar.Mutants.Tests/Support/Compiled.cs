using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Betar.Mutants.Making;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Betar.Mutants.Tests.Support;

/// <summary>A source that was compiled with all its mutants, with a switch that can be turned.</summary>
internal sealed class Compiled
{
    private const string StandIn = """
        namespace Betar.Mutants
        {
            public static class MutantSwitch
            {
                public static int Current;
                public static readonly System.Collections.Generic.List<int> Places = new();
                public static bool Is(int mutant) { Reach(mutant); return Current == mutant; }
                public static void Reach(int place) => Places.Add(place);
            }
        }
        """;

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path))];

    private readonly Type _switch;
    private readonly Type _type;

    public Compiled(string text)
    {
        var source = new Source("src/A.cs", text);
        var bodies = new Maker(new Dictionary<string, IReadOnlyList<string>>(), new HashSet<string>()).Of(source);
        var leftOut = new HashSet<int>();
        byte[]? image;
        while (!TryEmit(new MutatedFile(source, bodies).With(leftOut), leftOut, out image))
        {
        }

        Mutants = [.. bodies.SelectMany(entry => entry.Mutants).Where(mutant => !leftOut.Contains(mutant.Number))];
        var assembly = Assembly.Load(image);
        _type = assembly.GetType("A")!;
        _switch = assembly.GetType("Betar.Mutants.MutantSwitch")!;
    }

    public IReadOnlyList<Mutant> Mutants { get; }

    public IReadOnlyList<int> Places => (List<int>)_switch.GetField("Places")!.GetValue(null)!;

    /// <summary>What the method answers with one mutant on, or with none.</summary>
    public object? Call(string method, Mutant? mutant, params object[] arguments)
    {
        _switch.GetField("Current")!.SetValue(null, mutant?.Number ?? 0);
        return _type.GetMethod(method)!.Invoke(null, arguments);
    }

    public Mutant The(string after) => Mutants.Single(mutant => mutant.After == after);

    private static bool TryEmit(Rewritten rewritten, HashSet<int> leftOut, [NotNullWhen(true)] out byte[]? image)
    {
        var compilation = CSharpCompilation.Create(
            "mutants-" + Guid.NewGuid(),
            new[] { rewritten.Text, StandIn }.Select(part => CSharpSyntaxTree.ParseText(part)),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        image = result.Success ? stream.ToArray() : null;
        foreach (var fault in result.Diagnostics.Where(fault => fault.Severity == DiagnosticSeverity.Error))
        {
            var culprits = rewritten.MutantsAt(fault.Location.GetLineSpan().StartLinePosition.Line + 1);
            Assert.True(culprits.Count > 0, fault.ToString());
            leftOut.UnionWith(culprits);
        }

        return image is not null;
    }
}
