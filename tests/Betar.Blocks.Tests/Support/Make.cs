using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Tests.Support;

internal static class Make
{
    /// <summary>A raw block that is the same for the same number and length.</summary>
    public static Block Block(int number, int length = 100)
    {
        var data = new byte[length];
        new Random(number).NextBytes(data);
        return new Block(Cid.Create(CidCodec.Raw, Multihash.Sha256(data)), data);
    }

    public static Block[] Blocks(int count, int length = 100) => [.. Enumerable.Range(1, count).Select(number => Block(number, length))];
}
