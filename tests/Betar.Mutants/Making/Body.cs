using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Betar.Mutants.Making;

/// <summary>A piece of source that is kept whole and, with a mutant on, replaced whole: what a function does, or what a member begins with.</summary>
internal sealed record Body
{
    /// <summary>A block, an expression after an arrow, or an expression after an equals sign.</summary>
    public required SyntaxNode Node { get; init; }

    /// <summary>What is replaced in the source: with the arrow and its semicolon.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The type of what a member begins with; null where there are statements.</summary>
    public string? InitialType { get; init; }

    /// <summary>How a function ends whose last statement a mutant has taken away.</summary>
    public string End { get; init; } = "break;";

    /// <summary>An arrow that stands for a whole property becomes its getter.</summary>
    public bool IsProperty { get; init; }

    public bool IsInitial => InitialType is not null;

    /// <summary>Runs once per process.</summary>
    public bool Once { get; init; }

    public bool Returns => End.StartsWith("return", StringComparison.Ordinal);

    public static IEnumerable<Body> AllOf(SyntaxNode root) => root.DescendantNodes().Select(Of).OfType<Body>();

    private static Body? Of(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax { Identifier.Text: "GetHashCode" } => null,
        BaseMethodDeclarationSyntax method => Function(method.Body, method.ExpressionBody, method.SemicolonToken, EndOf(method), Static(method) && method is ConstructorDeclarationSyntax),
        AccessorDeclarationSyntax accessor => Function(accessor.Body, accessor.ExpressionBody, accessor.SemicolonToken, EndOf(accessor), once: false),
        PropertyDeclarationSyntax { ExpressionBody: { } arrow } property => Property(arrow, property.SemicolonToken),
        IndexerDeclarationSyntax { ExpressionBody: { } arrow } property => Property(arrow, property.SemicolonToken),
        PropertyDeclarationSyntax { Initializer: { } initial } property => Initial(initial, property.Type, Static(property)),
        VariableDeclaratorSyntax { Initializer: { } initial, Parent: VariableDeclarationSyntax { Parent: FieldDeclarationSyntax field } variables }
            when !field.Modifiers.Any(SyntaxKind.ConstKeyword) => Initial(initial, variables.Type, Static(field)),
        _ => null,
    };

    private static Body? Function(BlockSyntax? block, ArrowExpressionClauseSyntax? arrow, SyntaxToken semicolon, string end, bool once) => (block, arrow) switch
    {
        (not null, _) => new Body { Node = block, Span = block.Span, End = Yields(block) ? "yield break;" : end, Once = once },
        (_, { Expression: not RefExpressionSyntax }) => new Body { Node = arrow, Span = TextSpan.FromBounds(arrow.SpanStart, semicolon.Span.End), End = end, Once = once },
        _ => null,
    };

    private static Body? Property(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon) =>
        Function(null, arrow, semicolon, "return default!;", once: false) is { } body ? body with { IsProperty = true } : null;

    private static Body Initial(EqualsValueClauseSyntax initial, TypeSyntax type, bool once) =>
        new() { Node = initial.Value, Span = initial.Value.Span, InitialType = type.ToString(), Once = once };

    private static string EndOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method when method.Modifiers.Any(SyntaxKind.AsyncKeyword) => method.ReturnType is GenericNameSyntax ? "return default!;" : "break;",
        MethodDeclarationSyntax method => method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } ? "break;" : "return default!;",
        OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax => "return default!;",
        AccessorDeclarationSyntax accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration) ? "return default!;" : "break;",
        _ => "break;",
    };

    private static bool Static(MemberDeclarationSyntax member) => member.Modifiers.Any(SyntaxKind.StaticKeyword);

    private static bool Yields(BlockSyntax block) => block
        .DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node is YieldStatementSyntax);
}
