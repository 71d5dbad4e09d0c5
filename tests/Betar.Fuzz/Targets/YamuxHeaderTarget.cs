using Betar.Libp2p.Muxing;

namespace Betar.Fuzz.Targets;

/// <summary>The twelve bytes in front of every frame.</summary>
internal sealed class YamuxHeaderTarget : IFuzzTarget
{
    public string Name => "yamux-header";

    public bool Take(byte[] input)
    {
        if (input.Length < YamuxHeader.Size)
            return false;
        var taken = YamuxHeader.Read(input, out var header) is null;
        FuzzException.Unless(taken == IsRight(input), $"taken: {taken}");
        if (!taken)
            return false;
        var again = new byte[YamuxHeader.Size];
        header.Write(again);
        FuzzException.Unless(again.AsSpan().SequenceEqual(input.AsSpan(0, YamuxHeader.Size)), "it is written otherwise than it was read");
        return true;
    }

    private static bool IsRight(byte[] bytes)
    {
        var streamless = bytes[4] == 0 && bytes[5] == 0 && bytes[6] == 0 && bytes[7] == 0;
        return bytes[0] == 0 && bytes[2] == 0 && bytes[3] < 16 && (bytes[1] is 0 or 1 ? !streamless : bytes[1] is 2 or 3 && streamless);
    }
}
