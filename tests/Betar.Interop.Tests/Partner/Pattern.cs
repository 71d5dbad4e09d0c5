namespace Betar.Interop.Tests.Partner;

/// <summary>The bytes of <c>streams.js</c>: the same for the same seed on both sides, and no block like another.</summary>
internal static class Pattern
{
    public static byte[] Create(int length, int seed)
    {
        var bytes = new byte[length];
        var state = seed == 0 ? 1u : (uint)seed;
        for (var i = 0; i < length; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            bytes[i] = (byte)state;
        }

        return bytes;
    }
}
