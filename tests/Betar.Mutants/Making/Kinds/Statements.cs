using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.Mutants.Making.Kinds;

/// <summary>Something that is not done: a call, an assignment, a guard, an early end.</summary>
internal sealed class Statements : IKind
{
    public string Name => "removed";

    public IEnumerable<Edit> Of(SyntaxNode node) => node switch
    {
        ExpressionStatementSyntax => [new(node.Span, ";")],
        IfStatementSyntax { Else: null } guard when Leaves(guard.Statement) => [new(node.Span, ";")],
        ReturnStatementSyntax end when IsWhatComesAnyway(end) => [],
        ThrowStatementSyntax or ReturnStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax when !IsAllOfAGuard(node) && !IsLastOfASection(node) =>
            [new(node.Span, ";")],
        ArrowExpressionClauseSyntax arrow when IsAction(arrow.Parent!) => [new(arrow.Expression.Span, "")],
        YieldStatementSyntax => [new(node.Span, ";")],
        _ => [],
    };

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: [.., var last] } => Leaves(last),
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax => true,
        _ => false,
    };

    /// <summary>To remove all that a guard does is to remove the guard, which is a mutant of its own.</summary>
    private static bool IsAllOfAGuard(SyntaxNode node) => node.Parent is IfStatementSyntax { Else: null }
        || node.Parent is BlockSyntax { Statements.Count: 1, Parent: IfStatementSyntax { Else: null } };

    /// <summary>A function whose last statement is gone returns nothing, null, zero or false: that is no change where it said so.</summary>
    private static bool IsWhatComesAnyway(ReturnStatementSyntax end) =>
        end.Parent is BlockSyntax { Parent: MemberDeclarationSyntax or AccessorDeclarationSyntax, Statements: [.., var last] } && last == end
        && end.Expression?.ToString() is null or "false" or "null" or "0" or "default";

    private static bool IsAction(SyntaxNode owner) => owner switch
    {
        MethodDeclarationSyntax method => method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
            || (method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType is IdentifierNameSyntax),
        AccessorDeclarationSyntax accessor => !accessor.IsKind(SyntaxKind.GetAccessorDeclaration),
        _ => owner is ConstructorDeclarationSyntax,
    };

    private static bool IsLastOfASection(SyntaxNode node) => node.Parent is SwitchSectionSyntax;
}
