using System.Reflection;
using System.Text.RegularExpressions;
using Betar.Sdk.Selling;

namespace Betar.Sdk.Tests.Documents;

/// <summary>docs/sdk.md against what compiles and runs.</summary>
public sealed partial class SdkDocumentTests
{
    private static readonly string s_root = FindRoot();
    private static readonly string s_document = File.ReadAllText(Path.Combine(s_root, "docs/sdk.md"));

    [Fact]
    public void Each_piece_of_code_is_a_piece_of_a_sample_or_of_a_test()
    {
        string[] sources = [.. new[] { "samples", "tests/Betar.Sdk.Tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(s_root, folder), "*.cs", SearchOption.AllDirectories)).Select(file => Bare(File.ReadAllText(file)))];
        string[] pieces = [.. Code().Matches(s_document).Select(match => Bare(match.Groups[1].Value))];

        Assert.True(pieces.Length >= 5);
        Assert.All(pieces, piece => Assert.Contains(sources, source => source.Contains(piece, StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_option_of_a_seller_stands_in_its_table() => Assert.All(
        typeof(BetarSellerOptions).GetProperties(), option => Assert.Contains($"\n| `{option.Name}` |", s_document, StringComparison.Ordinal));

    [Fact]
    public void Each_operation_of_a_client_stands_in_its_table() => Assert.All(
        typeof(BetarClient).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal)),
        method => Assert.Contains($"\n| `{method.Name}(", s_document, StringComparison.Ordinal));

    private static string Bare(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Betar.Orleans.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
