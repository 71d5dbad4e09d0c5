using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.Mutants.Making.Kinds;

/// <summary>A replacement for null that is not taken, or always.</summary>
internal sealed class Nulls : IKind
{
    public string Name => "null";

    public IEnumerable<Edit> Of(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.CoalesceExpression) && binary.Right is ThrowExpressionSyntax => [new(node.Span, $"({binary.Left})!")],
        BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.CoalesceExpression) => [new(node.Span, $"({binary.Left})!"), new(node.Span, $"({binary.Right})")],
        AssignmentExpressionSyntax assignment when assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) => [new(assignment.OperatorToken.Span, "=")],
        _ => [],
    };
}
