using Betar.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Betar.Ethereum.Tests.Support;

/// <summary>Properties out of plain facts; a failure names the seed that replays it.</summary>
internal static class Property
{
    internal static void Holds<T>(Gen<T> values, Func<T, bool> property, int runs = 1000) =>
        Prop.ForAll(values.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithReplay((ulong)TestSeed.Value, 1UL).WithMaxTest(runs));

    internal static Gen<byte[]> Bytes(int min, int max) =>
        from length in Gen.Choose(min, max)
        from bytes in Gen.Choose(0, 255).ArrayOf(length)
        select bytes.Select(b => (byte)b).ToArray();

    /// <summary>Numbers of every length, with edges at the word borders.</summary>
    internal static Gen<System.Numerics.BigInteger> Integers() =>
        from bits in Gen.Choose(0, 256)
        from bytes in Bytes(32, 32)
        from edge in Gen.Choose(0, 5)
        let random = new System.Numerics.BigInteger(bytes, isUnsigned: true) % System.Numerics.BigInteger.Pow(2, bits)
        let power = System.Numerics.BigInteger.Pow(2, bits)
        select edge switch
        {
            0 when bits < 256 => power,
            1 => power - 1,
            _ => random,
        };
}
