using System.Globalization;
using System.Numerics;

namespace Betar.Agents.Builtin.Arithmetic;

/// <summary>
/// Recursive descent over: sum = product (('+' | '-') product)*, product = factor (('*' | '/') factor)*,
/// factor = ('+' | '-')* power, power = atom ('^' factor)?, atom = number | '(' sum ')'.
/// </summary>
internal sealed class Evaluator(ReadOnlyMemory<char> text, ExecutorOptions options)
{
    private int _position;
    private int _depth;

    public Evaluation Evaluate()
    {
        Evaluation value = Sum();
        if (value.Failure is not null)
            return value;
        return Peek() is { } rest ? Unexpected(rest) : value;
    }

    private Evaluation Sum() => Chain(Product, '+', '-');

    private Evaluation Product() => Chain(Factor, '*', '/');

    private Evaluation Chain(Func<Evaluation> operand, char first, char second)
    {
        Evaluation left = operand();
        while (left.Failure is null && Peek() is { } sign && (sign == first || sign == second))
        {
            _position++;
            Evaluation right = operand();
            if (right.Failure is not null)
                return right;
            left = Apply(sign, left.Value, right.Value);
        }
        return left;
    }

    private Evaluation Factor()
    {
        if (++_depth > options.MaxExpressionDepth)
            return Evaluation.Fail($"The expression is nested deeper than {options.MaxExpressionDepth}.");
        Evaluation value = SignedPower();
        _depth--;
        return value;
    }

    private Evaluation SignedPower()
    {
        if (Peek() is not { } sign || sign is not ('+' or '-'))
            return Power();
        _position++;
        Evaluation value = Factor();
        return value.Failure is null && sign == '-' ? -value.Value : value;
    }

    private Evaluation Power()
    {
        Evaluation value = Atom();
        if (value.Failure is not null || Peek() != '^')
            return value;
        _position++;
        Evaluation exponent = Factor();
        return exponent.Failure is null ? Raise(value.Value, exponent.Value) : exponent;
    }

    private Evaluation Raise(Rational value, Rational exponent)
    {
        if (!exponent.Denominator.IsOne)
            return Evaluation.Fail("Only whole exponents have an exact result.");
        if (value.IsZero && exponent.Numerator.Sign < 0)
            return Evaluation.Fail("Division by zero.");
        if (BigInteger.Abs(exponent.Numerator) * value.Bits > options.MaxNumberBits)
            return TooLarge();
        return Rational.Pow(value, (int)exponent.Numerator);
    }

    private Evaluation Apply(char sign, Rational left, Rational right)
    {
        if (sign == '/' && right.IsZero)
            return Evaluation.Fail("Division by zero.");
        Rational value = sign switch
        {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            _ => left / right,
        };
        return value.Bits > options.MaxNumberBits ? TooLarge() : value;
    }

    private Evaluation Atom()
    {
        if (Peek() is not { } next)
            return Evaluation.Fail("The expression ends where a number was expected.");
        if (next != '(')
            return char.IsAsciiDigit(next) || next == '.' ? Number() : Unexpected(next);

        _position++;
        Evaluation value = Sum();
        if (value.Failure is not null)
            return value;
        if (Peek() != ')')
            return Evaluation.Fail("A bracket is not closed.");
        _position++;
        return value;
    }

    private Evaluation Number()
    {
        int start = _position, point = -1;
        ReadOnlySpan<char> span = text.Span;
        for (; _position < span.Length && (char.IsAsciiDigit(span[_position]) || (span[_position] == '.' && point < 0)); _position++)
            if (span[_position] == '.')
                point = _position;

        // A decimal digit carries more than three bits.
        if ((long)(_position - start) * 3 > options.MaxNumberBits)
            return TooLarge();
        string digits = string.Concat(span[start..(point < 0 ? _position : point)], point < 0 ? [] : span[(point + 1).._position]);
        if (digits.Length == 0)
            return Unexpected('.');
        int decimals = point < 0 ? 0 : _position - point - 1;
        return new Rational(BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture), BigInteger.Pow(10, decimals));
    }

    private char? Peek()
    {
        ReadOnlySpan<char> span = text.Span;
        while (_position < span.Length && char.IsWhiteSpace(span[_position]))
            _position++;
        return _position < span.Length ? span[_position] : null;
    }

    private Evaluation Unexpected(char c) =>
        Evaluation.Fail(string.Create(CultureInfo.InvariantCulture, $"Character U+{(int)c:X4} at position {_position + 1} does not belong to an arithmetic expression."));

    private Evaluation TooLarge() => Evaluation.Fail($"A number on the way has more than {options.MaxNumberBits} bits.");
}
