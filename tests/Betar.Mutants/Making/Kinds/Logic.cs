using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.Mutants.Making.Kinds;

/// <summary>"And" for "or", and conditions the wrong way round; in expressions and in patterns.</summary>
internal sealed class Logic : IKind
{
    public string Name => "logic";

    public IEnumerable<Edit> Of(SyntaxNode node) => Swapped(node).Concat(Negated(node));

    private static IEnumerable<Edit> Swapped(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.LogicalAndExpression) => [new(node.Span, $"({binary.Left} || {binary.Right})")],
        BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.LogicalOrExpression) => [new(node.Span, $"({Bracketed(binary.Left)} && {Bracketed(binary.Right)})")],
        BinaryPatternSyntax pattern => [new(pattern.OperatorToken.Span, pattern.IsKind(SyntaxKind.AndPattern) ? "or" : "and")],
        _ => [],
    };

    private static IEnumerable<Edit> Negated(SyntaxNode node) => node switch
    {
        PrefixUnaryExpressionSyntax not when not.IsKind(SyntaxKind.LogicalNotExpression) => [new(not.OperatorToken.Span, "")],
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax not } when !Declares(node) => [new(not.OperatorToken.Span, "")],
        IsPatternExpressionSyntax test when !Declares(node) => [new(test.Pattern.Span, $"not ({test.Pattern})")],
        ExpressionSyntax condition when IsCondition(condition) && !IsSwappedAnyway(condition) => [new(node.Span, $"!({condition})")],
        _ => [],
    };

    private static bool IsCondition(ExpressionSyntax node) => node.Parent switch
    {
        IfStatementSyntax parent => parent.Condition == node,
        WhileStatementSyntax parent => parent.Condition == node,
        ForStatementSyntax parent => parent.Condition == node,
        ConditionalExpressionSyntax parent => parent.Condition == node,
        WhenClauseSyntax or CatchFilterClauseSyntax => true,
        _ => false,
    };

    /// <summary>A comparison has its own opposite already, and a literal is swapped as one.</summary>
    private static bool IsSwappedAnyway(ExpressionSyntax node) => node switch
    {
        IsPatternExpressionSyntax => !Declares(node),
        PrefixUnaryExpressionSyntax or LiteralExpressionSyntax => true,
        _ => node.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression or SyntaxKind.LessThanExpression
            or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression,
    };

    private static bool Declares(SyntaxNode node) => node.DescendantNodes().Any(child => child is VariableDesignationSyntax);

    private static string Bracketed(ExpressionSyntax side) => side is BinaryExpressionSyntax ? $"({side})" : side.ToString();
}
