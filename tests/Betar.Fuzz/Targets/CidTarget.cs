using Betar.Libp2p.Multiformats;

namespace Betar.Fuzz.Targets;

/// <summary>Content identifiers in bytes and, through them, in text.</summary>
internal sealed class CidTarget : IFuzzTarget
{
    public string Name => "cid";

    public bool Take(byte[] input)
    {
        if (!Cid.TryDecode(input, out var cid))
            return false;
        FuzzException.Unless(Cid.TryParse(cid.ToString(), out var again) && again.Equals(cid), $"{cid} does not come back");
        return true;
    }
}
