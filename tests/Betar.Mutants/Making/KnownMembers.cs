using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.Mutants.Making;

/// <summary>Names that can be mistaken for each other: members of enumerations, constants of static classes.</summary>
internal static class KnownMembers
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(IEnumerable<SyntaxNode> roots)
    {
        var known = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var type in roots.SelectMany(root => root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()))
        {
            if (Names(type) is { Count: > 1 } names)
                known[type.Identifier.Text] = names;
        }

        return known;
    }

    private static List<string> Names(BaseTypeDeclarationSyntax type) => type switch
    {
        EnumDeclarationSyntax numbers => [.. numbers.Members.Select(member => member.Identifier.Text)],
        ClassDeclarationSyntax constants when constants.Modifiers.Any(SyntaxKind.StaticKeyword) =>
        [
            .. constants.Members.OfType<FieldDeclarationSyntax>()
                .Where(field => field.Modifiers.Any(SyntaxKind.PublicKeyword) && field.Declaration.Type.ToString() == "string")
                .SelectMany(field => field.Declaration.Variables).Select(variable => variable.Identifier.Text),
        ],
        _ => [],
    };
}
