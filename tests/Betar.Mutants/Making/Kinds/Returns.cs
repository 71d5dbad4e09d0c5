using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.Mutants.Making.Kinds;

/// <summary>An answer that is always the same.</summary>
internal sealed class Returns : IKind
{
    private static readonly string[] Numbers = ["int", "long", "uint", "ulong", "byte", "ushort", "UInt256", "UInt128", "BigInteger"];

    public string Name => "constant";

    public IEnumerable<Edit> Of(SyntaxNode node)
    {
        var answer = node switch
        {
            ReturnStatementSyntax statement => statement.Expression,
            ArrowExpressionClauseSyntax arrow => arrow.Expression,
            _ => null,
        };
        if (answer is null or LiteralExpressionSyntax or ThrowExpressionSyntax or RefExpressionSyntax)
            return [];
        return Constants(TypeOf(node)).Where(constant => constant != answer.ToString()).Select(constant => new Edit(answer.Span, constant));
    }

    private static string[] Constants(string? type) => type switch
    {
        null => [],
        "bool" => ["true", "false"],
        "string" => ["\"\""],
        _ when type.EndsWith('?') => ["null"],
        _ when Numbers.Contains(type) => ["0"],
        _ => [],
    };

    /// <summary>What the innermost function says that it returns; lambdas do not say.</summary>
    private static string? TypeOf(SyntaxNode node)
    {
        var owner = node.Ancestors().FirstOrDefault(ancestor =>
            ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);
        var (type, modifiers) = owner switch
        {
            LocalFunctionStatementSyntax local => (local.ReturnType, local.Modifiers),
            MethodDeclarationSyntax method => (method.ReturnType, method.Modifiers),
            OperatorDeclarationSyntax method => (method.ReturnType, method.Modifiers),
            BasePropertyDeclarationSyntax property => (property.Type, property.Modifiers),
            _ => (null, default(SyntaxTokenList)),
        };
        if (!modifiers.Any(SyntaxKind.AsyncKeyword))
            return type?.ToString();
        return type is GenericNameSyntax { TypeArgumentList.Arguments: [var result] } ? result.ToString() : null;
    }
}
