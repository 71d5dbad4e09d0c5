using System.Numerics;
using Betar.Ethereum;
using Betar.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Betar.X402.Tests.Values;

/// <summary>Values against plain big integers and against their own text.</summary>
public class ValuePropertyTests
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithReplay((ulong)TestSeed.Value, 1UL).WithMaxTest(300);
    private static readonly BigInteger Limit = BigInteger.Pow(2, 256);

    private static readonly Gen<AtomicAmount> Amounts =
        from a in ArbMap.Default.GeneratorFor<ulong>()
        from b in ArbMap.Default.GeneratorFor<ulong>()
        from shape in Gen.Choose(0, 3)
        select new AtomicAmount(shape switch { 0 => a, 1 => new UInt256(0, 0, a, b), 2 => new UInt256(a, b, b, a), _ => UInt256.MaxValue });

    private static readonly Gen<byte[]> Words = ArbMap.Default.GeneratorFor<byte>().ArrayOf(32);

    [Fact]
    public void Sums_and_differences_are_exact_or_refused()
    {
        Check.One(Quick, Prop.ForAll(Amounts.ToArbitrary(), Amounts.ToArbitrary(), (left, right) =>
        {
            var sum = Number(left) + Number(right);
            var difference = Number(left) - Number(right);
            return AtomicAmount.TryAdd(left, right, out var added) == (sum < Limit)
                && (sum >= Limit || Number(added) == sum)
                && AtomicAmount.TrySubtract(left, right, out var subtracted) == (difference >= 0)
                && (difference < 0 || Number(subtracted) == difference);
        }));
    }

    [Fact]
    public void Order_is_that_of_the_numbers() =>
        Check.One(Quick, Prop.ForAll(Amounts.ToArbitrary(), Amounts.ToArbitrary(), (left, right) =>
            Math.Sign(left.CompareTo(right)) == Number(left).CompareTo(Number(right))
            && (left == right) == (Number(left) == Number(right))
            && (left < right) == (Number(left) < Number(right))
            && (left >= right) == (Number(left) >= Number(right))));

    [Fact]
    public void Text_in_units_and_in_usdc_survives() =>
        Check.One(Quick, Prop.ForAll(Amounts.ToArbitrary(), amount =>
            AtomicAmount.TryParse(amount.ToString(), out var units) && units == amount
            && AtomicAmount.TryParseUsdc(amount.ToUsdc(), out var usdc) && usdc == amount));

    [Fact]
    public void Any_text_is_either_refused_or_the_canonical_text_of_its_value() =>
        Check.One(Quick, Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
            text is null
            || ((!AtomicAmount.TryParse(text, out var amount) || amount.ToString() == text)
                && (!NetworkId.TryParse(text, out var network) || network.ToString() == text)
                && (!Nonce.TryParse(text, out var nonce) || nonce.ToString() == text)
                && (!PaymentKey.TryParse(text, out var key) || key.ToString() == text))));

    [Fact]
    public void Payment_keys_survive_and_differ_when_a_part_differs() =>
        Check.One(Quick, Prop.ForAll(Words.ToArbitrary(), Words.ToArbitrary(), ArbMap.Default.ArbFor<ulong>(), (first, second, chain) =>
        {
            var key = new PaymentKey(new NetworkId(Math.Max(1, chain)), new Address(first.AsSpan(0, 20)), new Address(second.AsSpan(0, 20)), new Nonce(first));
            var other = key with { Nonce = new Nonce(second) };
            return PaymentKey.TryParse(key.ToString(), out var read) && read == key
                && (key == other) == (key.ToString() == other.ToString())
                && !key.ToString().AsSpan().ContainsAnyInRange('A', 'Z');
        }));

    private static BigInteger Number(AtomicAmount amount)
    {
        var bytes = new byte[32];
        amount.Units.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
