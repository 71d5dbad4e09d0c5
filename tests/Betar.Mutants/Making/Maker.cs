using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Betar.Mutants.Making.Kinds;

namespace Betar.Mutants.Making;

/// <summary>Finds what can be changed in sources. The same sources give the same mutants with the same numbers.</summary>
internal sealed class Maker(IReadOnlyDictionary<string, IReadOnlyList<string>> known, IReadOnlySet<string> unwatched)
{
    private readonly IKind[] _kinds =
        [new Comparisons(), new Logic(), new Arithmetic(), new Statements(), new Returns(), new Literals(), new Nulls(), new Calls(), new Members(known)];

    private int _last;

    /// <summary>Mutants by the body that they change.</summary>
    public IReadOnlyList<(Body Body, IReadOnlyList<Mutant> Mutants)> Of(Source source)
    {
        var made = new List<(Body, IReadOnlyList<Mutant>)>();
        foreach (var body in Body.AllOf(source.Root))
        {
            var mutants = new List<Mutant>();
            var places = new Dictionary<SyntaxNode, int>();
            foreach (var node in body.Node.DescendantNodesAndSelf(Watched).Where(Watched))
            {
                foreach (var (kind, edit) in _kinds.SelectMany(kind => kind.Of(node).Select(edit => (kind, edit))))
                {
                    var number = ++_last;
                    var statement = StatementOf(node, body);
                    places.TryAdd(statement ?? body.Node, number);
                    mutants.Add(new Mutant
                    {
                        Number = number,
                        File = source.File,
                        Line = source.LineOf(edit.Span.Start),
                        Kind = kind.Name,
                        Before = Shown(source, node, edit),
                        After = edit.Text is ";" ? "" : Shown(source, node, edit, edit.Text),
                        Place = places[statement ?? body.Node],
                        Statement = statement,
                        Once = body.Once,
                        Edit = edit,
                    });
                }
            }

            if (mutants.Count > 0)
                made.Add((body, mutants));
        }

        return made;
    }

    private static SyntaxNode? StatementOf(SyntaxNode node, Body body) =>
        node.AncestorsAndSelf().TakeWhile(ancestor => ancestor != body.Node).FirstOrDefault(CanBeMarked);

    private static bool CanBeMarked(SyntaxNode node) =>
        node is StatementSyntax and not (BlockSyntax or LocalFunctionStatementSyntax or LabeledStatementSyntax);

    /// <summary>What only people read: the words of an exception, the names of things, the log.</summary>
    private bool Watched(SyntaxNode node) => node switch
    {
        AttributeListSyntax => false,
        _ when node.Parent is ThrowStatementSyntax or ThrowExpressionSyntax => false,
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } => !IsUnwatched(call),
        InvocationExpressionSyntax call => !IsUnwatched(call),
        _ => true,
    };

    private bool IsUnwatched(InvocationExpressionSyntax call) => call.Expression switch
    {
        IdentifierNameSyntax name => unwatched.Contains(name.Identifier.Text),
        MemberAccessExpressionSyntax access => unwatched.Contains(access.Name.Identifier.Text),
        _ => false,
    };

    private static string Shown(Source source, SyntaxNode node, Edit edit, string? instead = null) => instead is null
        ? source.Text[node.SpanStart..node.Span.End]
        : source.Text[node.SpanStart..edit.Span.Start] + instead + source.Text[edit.Span.End..node.Span.End];
}
