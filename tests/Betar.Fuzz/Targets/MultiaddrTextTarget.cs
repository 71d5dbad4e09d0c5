using System.Text;
using Betar.Libp2p.Multiformats;

namespace Betar.Fuzz.Targets;

/// <summary>Addresses in text: one that is taken comes back from its bytes.</summary>
internal sealed class MultiaddrTextTarget : IFuzzTarget
{
    public string Name => "multiaddr-text";

    public bool Take(byte[] input)
    {
        if (!Multiaddr.TryParse(Encoding.UTF8.GetString(input), out var address))
            return false;
        FuzzException.Unless(Multiaddr.TryDecode(address.Bytes.Span, out var again) && again.Equals(address), $"{address} does not come back");
        FuzzException.Unless(Multiaddr.TryParse(address.ToString(), out var text) && text.Equals(address), $"the text {address} does not come back");
        return true;
    }
}
