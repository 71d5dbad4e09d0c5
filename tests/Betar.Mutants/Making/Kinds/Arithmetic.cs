using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Betar.Mutants.Making.Kinds;

/// <summary>The wrong sign, and whole numbers that are off by one.</summary>
internal sealed class Arithmetic : IKind
{
    private static readonly Dictionary<SyntaxKind, string> Swaps = new()
    {
        [SyntaxKind.PlusToken] = "-",
        [SyntaxKind.MinusToken] = "+",
        [SyntaxKind.AsteriskToken] = "/",
        [SyntaxKind.SlashToken] = "*",
        [SyntaxKind.PercentToken] = "*",
        [SyntaxKind.LessThanLessThanToken] = ">>",
        [SyntaxKind.GreaterThanGreaterThanToken] = "<<",
        [SyntaxKind.AmpersandToken] = "|",
        [SyntaxKind.BarToken] = "&",
        [SyntaxKind.CaretToken] = "&",
        [SyntaxKind.PlusEqualsToken] = "-=",
        [SyntaxKind.MinusEqualsToken] = "+=",
        [SyntaxKind.AsteriskEqualsToken] = "/=",
        [SyntaxKind.SlashEqualsToken] = "*=",
        [SyntaxKind.BarEqualsToken] = "&=",
        [SyntaxKind.AmpersandEqualsToken] = "|=",
        [SyntaxKind.CaretEqualsToken] = "|=",
        [SyntaxKind.PlusPlusToken] = "--",
        [SyntaxKind.MinusMinusToken] = "++",
    };

    public string Name => "arithmetic";

    public IEnumerable<Edit> Of(SyntaxNode node)
    {
        if (node is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.NumericLiteralExpression))
            return Neighbours(literal.Token);
        var sign = node switch
        {
            BinaryExpressionSyntax binary => binary.OperatorToken,
            AssignmentExpressionSyntax assignment => assignment.OperatorToken,
            PrefixUnaryExpressionSyntax prefix when prefix.OperatorToken.Kind() is SyntaxKind.PlusPlusToken or SyntaxKind.MinusMinusToken => prefix.OperatorToken,
            PostfixUnaryExpressionSyntax postfix => postfix.OperatorToken,
            _ => default,
        };
        return Swaps.TryGetValue(sign.Kind(), out var other) ? [new(sign.Span, other)] : [];
    }

    private static IEnumerable<Edit> Neighbours(SyntaxToken number)
    {
        if (number.Value is not (int or uint or long or ulong))
            yield break;
        var value = Convert.ToDecimal(number.Value, CultureInfo.InvariantCulture);
        var suffix = string.Concat(number.Text.Reverse().TakeWhile(letter => letter is 'u' or 'U' or 'l' or 'L').Reverse());
        yield return new Edit(number.Span, (value + 1).ToString(CultureInfo.InvariantCulture) + suffix);
        if (value > 0)
            yield return new Edit(number.Span, (value - 1).ToString(CultureInfo.InvariantCulture) + suffix);
    }
}
