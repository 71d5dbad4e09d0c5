using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;

namespace Betar.Orleans.Embedded.Tests.Serialization.Generator;

/// <summary>
/// A contract compiled from source, loaded beside any other version of itself, with a serializer of its own. Its source has a class
/// Sample with Make, which gives a value, and Show, which says what a value holds.
/// </summary>
internal sealed class Contract
{
    private const string ManifestMark = "[assembly: global::Orleans.Serialization.Configuration.TypeManifestProvider(";
    private readonly Serializer serializer;
    private readonly DeepCopier copier;
    private readonly Type sample;

    private Contract(Assembly assembly)
    {
        sample = assembly.GetType("Sample", throwOnError: true)!;
        var manifest = (IConfigureOptions<TypeManifestOptions>)Activator.CreateInstance(
            assembly.GetTypes().Single(static type => type.IsAssignableTo(typeof(IConfigureOptions<TypeManifestOptions>))), nonPublic: true)!;
        var services = new ServiceCollection().AddSerializer(builder => builder.Configure(manifest.Configure)).BuildServiceProvider();
        serializer = services.GetRequiredService<Serializer>();
        copier = services.GetRequiredService<DeepCopier>();
    }

    public static Contract Of(string types, string make, string show)
    {
        var compiled = Compiled.Of($"{types}\npublic static class Sample {{ public static object Make() => {make}; public static string Show(object value) => {show}; }}");
        Assert.Empty(compiled.Reported);

        // As a part of this process it would meet its other version in every container that is made later.
        var output = compiled.Output;
        var manifest = output.SyntaxTrees.Single(static tree => tree.GetText().ToString().Contains(ManifestMark, StringComparison.Ordinal));
        output = output.ReplaceSyntaxTree(manifest, CSharpSyntaxTree.ParseText(
            manifest.GetText().ToString().Replace(ManifestMark, "// " + ManifestMark, StringComparison.Ordinal), (CSharpParseOptions)manifest.Options));
        using var bytes = new MemoryStream();
        var result = output.Emit(bytes);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static one => one.Severity == DiagnosticSeverity.Error)));
        bytes.Position = 0;
        return new Contract(new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(bytes));
    }

    public byte[] Write() => serializer.SerializeToArray(Make());

    public string Read(byte[] bytes) => Show(serializer.Deserialize<object>(bytes));

    public string Made() => Show(Make());

    public string Copied() => Show(copier.Copy(Make()));

    private object Make() => sample.GetMethod("Make")!.Invoke(null, null)!;

    private string Show(object value) => (string)sample.GetMethod("Show")!.Invoke(null, [value])!;
}
