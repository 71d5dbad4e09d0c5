using Betar.House.Tests.Support;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.House.Tests.Sources;

public sealed class ShapeTests
{
    private const int LongestFile = 500;

    /// <summary>Files with more than one type, each with its reason.</summary>
    private static readonly Dictionary<string, string> ManyTypes = [];

    [Fact]
    public void No_file_is_longer_than_500_lines() =>
        Findings.None(Repository.CSharp("src").Concat(Repository.CSharp("tests")).Where(file => file.Lines.Count > LongestFile)
            .Select(file => $"{file} has {file.Lines.Count} lines"));

    [Fact]
    public void Every_namespace_is_file_scoped() =>
        Findings.None(Repository.CSharp("src").Concat(Repository.CSharp("tests"))
            .Where(file => Root(file).Members.OfType<NamespaceDeclarationSyntax>().Any()).Select(file => file.Name));

    [Fact]
    public void A_file_holds_one_type() =>
        Findings.None(Repository.CSharp("src").Where(file => !ManyTypes.ContainsKey(file.Name) && Types(Root(file)).Count > 1)
            .Select(file => $"{file}: {string.Join(", ", Types(Root(file)))}"));

    [Fact]
    public void A_file_has_the_name_of_its_type() =>
        Findings.None(Repository.CSharp("src").Where(file => !ManyTypes.ContainsKey(file.Name) && Types(Root(file)) is [var type] && !Fits(file, type))
            .Select(file => $"{file} holds {Types(Root(file))[0]}"));

    [Fact]
    public void No_exception_to_the_rules_is_left_over() =>
        Assert.All(ManyTypes, entry => Assert.True(Types(Root(Repository.File(entry.Key))).Count > 1 && entry.Value.Length > 0, entry.Key));

    [Fact]
    public void Partial_files_are_named_after_their_type_and_part() => Assert.True(
        Fits("ControlServer.Log", "ControlServer") && Fits("CheckedOfT", "Checked") && Fits("Checked", "Checked") && !Fits("Other", "Checked"));

    [Theory]
    [InlineData("namespace A; class B { class C; }", "B")]
    [InlineData("namespace A; class B; record C; enum D { E } delegate void F(); interface G; struct H;", "B C D F G H")]
    [InlineData("namespace A { class B; } class C;", "B C")]
    [InlineData("return 0;", "")]
    public void Every_kind_of_type_counts_and_nested_ones_do_not(string source, string types) =>
        Assert.Equal(types, string.Join(' ', Types(Parse(source))));

    private static bool Fits(SourceFile file, string type) => Fits(Path.GetFileNameWithoutExtension(file.Name), type);

    private static bool Fits(string name, string type) => name == type
        || name.StartsWith(type + ".", StringComparison.Ordinal)
        || (name.StartsWith(type + "Of", StringComparison.Ordinal) && name.Length > type.Length + 2)
        || (name.StartsWith(type + "Generic", StringComparison.Ordinal) && name.Length == type.Length + 7);

    private static List<string> Types(CompilationUnitSyntax root) =>
    [
        .. root.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(space => space.Members).Concat(root.Members)
            .Select(member => member switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier.Text,
                DelegateDeclarationSyntax type => type.Identifier.Text,
                _ => null,
            })
            .OfType<string>(),
    ];

    private static CompilationUnitSyntax Root(SourceFile file) => Parse(file.Text);

    private static CompilationUnitSyntax Parse(string source) =>
        (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
}
