using Betar.Libp2p.Multiformats;

namespace Betar.Fuzz.Targets;

/// <summary>Addresses in bytes: one that is taken has one form in text and comes back from it.</summary>
internal sealed class MultiaddrTarget : IFuzzTarget
{
    public string Name => "multiaddr";

    public bool Take(byte[] input)
    {
        if (!Multiaddr.TryDecode(input, out var address))
            return false;
        FuzzException.Unless(address.Bytes.Span.SequenceEqual(input), "other bytes than were given");
        FuzzException.Unless(Multiaddr.TryParse(address.ToString(), out var again) && again.Equals(address), $"{address} does not come back");
        return true;
    }
}
