using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.Mutants.Making.Kinds;

/// <summary>Boundaries that are off by one, and comparisons the wrong way round; in expressions and in patterns.</summary>
internal sealed class Comparisons : IKind
{
    private static readonly Dictionary<SyntaxKind, string[]> Swaps = new()
    {
        [SyntaxKind.LessThanToken] = ["<=", ">="],
        [SyntaxKind.LessThanEqualsToken] = ["<", ">"],
        [SyntaxKind.GreaterThanToken] = [">=", "<="],
        [SyntaxKind.GreaterThanEqualsToken] = [">", "<"],
        [SyntaxKind.EqualsEqualsToken] = ["!="],
        [SyntaxKind.ExclamationEqualsToken] = ["=="],
    };

    public string Name => "comparison";

    public IEnumerable<Edit> Of(SyntaxNode node)
    {
        var sign = node switch
        {
            BinaryExpressionSyntax binary => binary.OperatorToken,
            RelationalPatternSyntax pattern => pattern.OperatorToken,
            _ => default,
        };
        return Swaps.TryGetValue(sign.Kind(), out var others) ? others.Select(other => new Edit(sign.Span, other)) : [];
    }
}
