using Betar.Libp2p.Identity;

namespace Betar.Fuzz.Targets;

/// <summary>Public keys of every kind, and what a signature of nonsense makes of them.</summary>
internal sealed class PublicKeyTarget : IFuzzTarget
{
    public string Name => "public-key";

    public bool Take(byte[] input)
    {
        if (!PublicKey.TryDecode(input, out var key))
            return false;
        FuzzException.Unless(key.Encoded.Span.SequenceEqual(input), "the peer id would be of other bytes");
        FuzzException.Unless(!key.Verify("message"u8, input.AsSpan(0, Math.Min(64, input.Length))), "a signature of nonsense holds");
        FuzzException.Unless(PeerId.TryDecode(key.ToPeerId().Bytes, out var peer) && peer == key.ToPeerId(), "its peer id does not come back");
        return true;
    }
}
