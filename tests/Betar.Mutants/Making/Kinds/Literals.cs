using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.Mutants.Making.Kinds;

/// <summary>Another word, and "yes" for "no".</summary>
internal sealed class Literals : IKind
{
    public string Name => "literal";

    public IEnumerable<Edit> Of(SyntaxNode node) => IsSentence(node) ? [] : node.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => [new(node.Span, "false")],
        SyntaxKind.FalseLiteralExpression => [new(node.Span, "true")],
        SyntaxKind.StringLiteralExpression => [new(node.Span, ((LiteralExpressionSyntax)node).Token.ValueText.Length == 0 ? "\"mutant\"" : "\"\"")],
        SyntaxKind.Utf8StringLiteralExpression => [new(node.Span, "\"mutant\"u8")],
        SyntaxKind.CharacterLiteralExpression => [new(node.Span, "'~'")],
        SyntaxKind.InterpolatedStringExpression => [new(node.Span, "\"\"")],
        _ => [],
    };

    /// <summary>Sentences are for people: how they put it is nothing that a test should hold.</summary>
    private static bool IsSentence(SyntaxNode node) =>
        node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax && node.ToString().Trim('$', '@', '"') is [var first, .., '.' or '?'] text
        && (char.IsUpper(first) || first is '\'' or '{') && text.Contains(' ', StringComparison.Ordinal);
}
