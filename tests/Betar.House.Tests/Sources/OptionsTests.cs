using Betar.House.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.House.Tests.Sources;

public sealed class OptionsTests
{
    /// <summary>The engine's options have Orleans' names and Orleans' documentation.</summary>
    private const string Engine = "src/Betar.Orleans.";

    [Fact]
    public void Every_option_says_what_it_means_and_its_default()
    {
        var silent = OptionClasses().SelectMany(entry => entry.Class.Members.OfType<PropertyDeclarationSyntax>()
            .Where(property => property.Modifiers.Any(SyntaxKind.PublicKeyword) && property.AccessorList?.Accessors.Count > 1)
            .Where(property => !IsGroup(property) && !Documents(property))
            .Select(property => $"{entry.File}: {property.Identifier}"));

        Findings.None(silent);
    }

    [Fact]
    public void Every_option_class_is_sealed() =>
        Findings.None(OptionClasses().Where(entry => !entry.Class.Modifiers.Any(SyntaxKind.SealedKeyword)).Select(entry => $"{entry.File}"));

    [Fact]
    public void There_are_some() => Assert.NotEmpty(OptionClasses());

    /// <summary>A group of options says what its own members are.</summary>
    private static bool IsGroup(PropertyDeclarationSyntax property) =>
        property.Type.ToString() is var type && (type.EndsWith("Options", StringComparison.Ordinal) || type.EndsWith("Limits", StringComparison.Ordinal));

    private static bool Documents(PropertyDeclarationSyntax property)
    {
        var comment = property.GetLeadingTrivia().ToString();
        return comment.Contains("///", StringComparison.Ordinal)
            && (comment.Contains("default", StringComparison.OrdinalIgnoreCase) || property.Modifiers.Any(SyntaxKind.RequiredKeyword));
    }

    private static IEnumerable<(SourceFile File, ClassDeclarationSyntax Class)> OptionClasses() =>
        from file in Repository.CSharp("src")
        where !file.Name.StartsWith(Engine, StringComparison.Ordinal)
        from type in CSharpSyntaxTree.ParseText(file.Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot()
            .DescendantNodes().OfType<ClassDeclarationSyntax>()
        where type.Identifier.Text.EndsWith("Options", StringComparison.Ordinal)
            && !type.Modifiers.Any(SyntaxKind.StaticKeyword)
        select (file, type);
}
