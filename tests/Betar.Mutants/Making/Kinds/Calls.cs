using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.Mutants.Making.Kinds;

/// <summary>The neighbour of what should have been called.</summary>
internal sealed class Calls : IKind
{
    private static readonly string[][] Pairs =
    [
        ["Min", "Max"], ["First", "Last"], ["FirstOrDefault", "LastOrDefault"], ["Any", "All"], ["OrderBy", "OrderByDescending"],
        ["StartsWith", "EndsWith"], ["TrimStart", "TrimEnd"], ["Take", "Skip"], ["Ordinal", "OrdinalIgnoreCase"], ["IsLessThan", "IsGreaterThan"],
    ];

    private static readonly Dictionary<string, string> Swaps = Pairs.SelectMany(pair => new[] { (pair[0], pair[1]), (pair[1], pair[0]) }).ToDictionary();

    public string Name => "call";

    public IEnumerable<Edit> Of(SyntaxNode node) =>
        node is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } && Swaps.TryGetValue(name.Identifier.Text, out var other)
            ? [new(name.Span, other)]
            : [];
}
