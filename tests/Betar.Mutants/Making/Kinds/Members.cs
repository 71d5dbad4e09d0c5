using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.Mutants.Making.Kinds;

/// <summary>The next member of an enumeration, or the next of the constants that one class keeps.</summary>
internal sealed class Members(IReadOnlyDictionary<string, IReadOnlyList<string>> known) : IKind
{
    public string Name => "constant of a set";

    public IEnumerable<Edit> Of(SyntaxNode node) =>
        node is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } access && known.TryGetValue(access.Expression.ToString(), out var members)
        && Index(members, name.Identifier.Text) is var index and >= 0
            ? [new(name.Span, members[(index + 1) % members.Count])]
            : [];

    private static int Index(IReadOnlyList<string> members, string name)
    {
        for (var index = 0; index < members.Count; index++)
        {
            if (members[index] == name)
                return index;
        }

        return -1;
    }
}
