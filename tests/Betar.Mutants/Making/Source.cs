using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Betar.Mutants.Making;

/// <summary>A file of the product.</summary>
internal sealed record Source(string File, string Text)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    public SyntaxNode Root { get; } = CSharpSyntaxTree.ParseText(Text, Options).GetRoot();

    public int LineOf(int position) => Root.SyntaxTree.GetText().Lines.GetLineFromPosition(position).LineNumber + 1;
}
