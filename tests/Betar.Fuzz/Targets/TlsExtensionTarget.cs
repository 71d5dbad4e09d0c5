using Betar.Libp2p.Security.Tls;

namespace Betar.Fuzz.Targets;

/// <summary>The identity inside of a certificate: two strings in DER, which knows one spelling.</summary>
internal sealed class TlsExtensionTarget : IFuzzTarget
{
    public string Name => "tls-extension";

    public bool Take(byte[] input)
    {
        if (!Libp2pExtension.TryDecode(input, out var extension))
            return false;
        FuzzException.Unless(extension.Encode().SequenceEqual(input), "it is written otherwise than it was read");
        return true;
    }
}
