using System.Numerics;
using Betar.Libp2p.Multiformats;

namespace Betar.Fuzz.Targets;

/// <summary>Unsigned varints against arithmetic without bounds.</summary>
internal sealed class VarintTarget : IFuzzTarget
{
    public string Name => "varint";

    public bool Take(byte[] input)
    {
        var taken = Varint.TryRead(input, out var value, out var read);
        var expected = Slow(input, out var length);
        FuzzException.Unless(taken == (expected is not null), $"taken: {taken}, the oracle: {expected}");
        FuzzException.Unless(!taken || (value == expected && read == length), $"{value} of {read} bytes, the oracle: {expected} of {length}");
        return taken;
    }

    // At most nine bytes, and the last is not zero unless it is the only one.
    private static BigInteger? Slow(byte[] input, out int length)
    {
        length = Array.FindIndex(input, part => part < 0x80) + 1;
        if (length is 0 or > 9 || (length > 1 && input[length - 1] == 0))
            return null;
        var value = BigInteger.Zero;
        for (var i = 0; i < length; i++)
            value += new BigInteger(input[i] & 0x7F) << (7 * i);
        return value;
    }
}
