using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Betar.Mutants.Making;

/// <summary>
/// Writes a source with all its mutants in it: each body becomes a choice between itself and one copy of itself for each mutant. Copies of
/// whole bodies compile on their own, whatever variables a changed condition declares.
/// </summary>
internal static class Rewriter
{
    private const string Switch = "global::Betar.Mutants.MutantSwitch";

    public static Rewritten Of(Source source, IEnumerable<(Body Body, IReadOnlyList<Mutant> Mutants)> bodies)
    {
        var text = new SourceWriter();
        var ranges = new List<(int From, int To, IReadOnlyList<int> Mutants)>();
        var at = 0;
        foreach (var (body, mutants) in bodies.Where(entry => entry.Mutants.Count > 0).OrderBy(entry => entry.Body.Span.Start))
        {
            var from = text.Append(source.Text[at..body.Span.Start]).Line;
            if (body.IsInitial)
                Initial(body, mutants, text, source, Copy);
            else
                Function(body, mutants, text, source, Copy);
            at = body.Span.End;
            ranges.Add((from, text.Line, [.. mutants.Select(mutant => mutant.Number)]));
        }

        text.Append(source.Text[at..]);
        return new Rewritten(text.ToString(), ranges);

        void Copy(Mutant mutant, string copy)
        {
            var from = text.Append("\n").Line;
            ranges.Add((from, text.Append(copy).Line, [mutant.Number]));
            text.Append("\n");
        }
    }

    private static void Initial(Body body, IReadOnlyList<Mutant> mutants, SourceWriter text, Source source, Action<Mutant, string> copy)
    {
        text.Append("(");
        foreach (var mutant in mutants)
            copy(mutant, Invariant($"{Switch}.Is({mutant.Number}) ? {Value(body, Edited(source, body.Node.Span, [mutant.Edit]))} :"));
        text.Append(Value(body, body.Node.ToString()) + ")");
    }

    /// <summary>Variables that an expression declares need a function of their own each time.</summary>
    private static string Value(Body body, string expression) => body.Node.DescendantNodes().Any(node => node is VariableDesignationSyntax)
        ? $"new global::System.Func<{body.InitialType}>(() => {expression})()"
        : $"({body.InitialType})({expression})";

    private static void Function(Body body, IReadOnlyList<Mutant> mutants, SourceWriter text, Source source, Action<Mutant, string> copy)
    {
        text.Append(body.IsProperty ? "{ get {" : "{").Append(Invariant($" switch ({Switch}.Current) {{"));
        foreach (var mutant in mutants)
        {
            text.Append(Invariant($"\ncase {mutant.Number}:"));
            copy(mutant, Statements(body, Edited(source, InnerSpan(body), [mutant.Edit])) + " " + body.End);
        }

        text.Append("\ndefault:\n").Append(Statements(body, Edited(source, InnerSpan(body), Marks(mutants)), MarkOfBody(mutants))).Append(" break;");
        text.Append(body.IsProperty ? "\n} } }" : "\n} }");
    }

    private static TextSpan InnerSpan(Body body) => body.Node is ArrowExpressionClauseSyntax arrow ? arrow.Expression.Span : body.Node.Span;

    private static string Statements(Body body, string inner, string before = "") => body.Node switch
    {
        BlockSyntax => $"{{ {before}{inner} }}",
        ArrowExpressionClauseSyntax { Expression: ThrowExpressionSyntax } => $"{{ {before}{inner}; }}",
        _ => $"{{ {before}{(body.Returns ? "return " : "")}{inner}; }}",
    };

    /// <summary>Notes at each place that it was reached.</summary>
    private static IEnumerable<Edit> Marks(IReadOnlyList<Mutant> mutants)
    {
        var places = mutants.Where(mutant => mutant.Statement is not null).DistinctBy(mutant => mutant.Place).Select(mutant => (mutant.Statement!, mutant.Place));
        foreach (var (statement, place) in places)
        {
            var isInList = statement.Parent is BlockSyntax or SwitchSectionSyntax;
            yield return new Edit(new TextSpan(statement.SpanStart, 0), Invariant($"{(isInList ? "" : "{ ")}{Switch}.Reach({place}); "));
            if (!isInList)
                yield return new Edit(new TextSpan(statement.Span.End, 0), " }");
        }
    }

    private static string MarkOfBody(IReadOnlyList<Mutant> mutants) =>
        mutants.FirstOrDefault(mutant => mutant.Statement is null) is { } first ? Invariant($"{Switch}.Reach({first.Place}); ") : "";

    private static string Edited(Source source, TextSpan span, IEnumerable<Edit> edits)
    {
        var text = new StringBuilder();
        var at = span.Start;
        foreach (var edit in edits.OrderBy(edit => edit.Span.Start))
        {
            text.Append(source.Text, at, edit.Span.Start - at).Append(edit.Text);
            at = edit.Span.End;
        }

        return text.Append(source.Text, at, span.End - at).ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
