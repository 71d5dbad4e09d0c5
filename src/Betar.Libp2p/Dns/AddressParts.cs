using System.Text;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Dns;

/// <summary>What resolving does to the parts of an address.</summary>
internal static class AddressParts
{
    /// <summary>
    /// The address with an IP address in the place of its name; null when that gets too long, or when a part
    /// is unknown. A certificate is for a name, which therefore
    /// goes along as <c>/tls/sni/name</c>.
    /// </summary>
    public static Multiaddr? WithFirst(Multiaddr address, MultiaddrCode code, byte[] value, string name)
    {
        if (!address.IsKnown)
            return null;
        var bytes = new List<byte>(MultiaddrCodec.EncodePart(code, value));
        var sni = MultiaddrCodec.EncodePart(MultiaddrCode.Sni, Encoding.UTF8.GetBytes(name));
        var hasSni = address.Has(MultiaddrCode.Sni);
        foreach (var part in address.Parts.Skip(1))
        {
            if (part is { IsKnown: true, Code: MultiaddrCode.Wss })
            {
                bytes.AddRange([.. MultiaddrCodec.EncodePart(MultiaddrCode.Tls, []), .. sni, .. MultiaddrCodec.EncodePart(MultiaddrCode.Ws, [])]);
                continue;
            }

            bytes.AddRange(MultiaddrCodec.EncodePart(part.Code, part.Value.Span));
            if (part is { IsKnown: true, Code: MultiaddrCode.Tls } && !hasSni)
                bytes.AddRange(sni);
        }

        return Multiaddr.TryDecode([.. bytes], out var changed) ? changed : null;
    }

    /// <summary>Whether <paramref name="address"/> ends with everything that follows the first part of <paramref name="asked"/>.</summary>
    public static bool EndsWithRestOf(Multiaddr address, Multiaddr asked)
    {
        var rest = asked.Parts.Count - 1;
        if (address.Parts.Count < rest)
            return false;
        return asked.Parts.Skip(1).Zip(address.Parts.Skip(address.Parts.Count - rest))
            .All(pair => pair.First.Code == pair.Second.Code && pair.First.Value.Span.SequenceEqual(pair.Second.Value.Span));
    }
}
