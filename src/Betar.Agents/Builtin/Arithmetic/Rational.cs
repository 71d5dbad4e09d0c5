using System.Globalization;
using System.Numerics;

namespace Betar.Agents.Builtin.Arithmetic;

/// <summary>An exact fraction in lowest terms; the denominator is positive.</summary>
internal readonly record struct Rational
{
    private readonly BigInteger _denominator;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException();
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        _denominator = denominator / divisor;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    public bool IsZero => Numerator.IsZero;

    /// <summary>Bits of the longer of the two parts.</summary>
    public long Bits => Math.Max((long)BigInteger.Abs(Numerator).GetBitLength(), (long)Denominator.GetBitLength());

    public static Rational operator +(Rational a, Rational b) =>
        new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + -b;

    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static Rational Pow(Rational a, int exponent) => exponent >= 0
        ? new(BigInteger.Pow(a.Numerator, exponent), BigInteger.Pow(a.Denominator, exponent))
        : new(BigInteger.Pow(a.Denominator, -exponent), BigInteger.Pow(a.Numerator, -exponent));

    /// <summary>An integer, a decimal fraction when it ends, else p/q: always the exact value.</summary>
    public override string ToString()
    {
        if (Denominator.IsOne)
            return Numerator.ToString(CultureInfo.InvariantCulture);

        int digits = EndingDigits(Denominator);
        if (digits < 0)
            return string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

        BigInteger scaled = BigInteger.Abs(Numerator) * BigInteger.Pow(10, digits) / Denominator;
        string text = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return $"{(Numerator.Sign < 0 ? "-" : "")}{text[..^digits]}.{text[^digits..]}";
    }

    /// <summary>Digits after the point of 1/denominator, or -1 when they never end.</summary>
    private static int EndingDigits(BigInteger denominator)
    {
        int twos = 0, fives = 0;
        for (; denominator % 2 == 0; twos++)
            denominator /= 2;
        for (; denominator % 5 == 0; fives++)
            denominator /= 5;
        return denominator.IsOne ? Math.Max(twos, fives) : -1;
    }
}
