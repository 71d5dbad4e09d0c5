using System.Net;
using System.Net.Sockets;

namespace Betar.X402.Http.Facilitating;

/// <summary>Who is one caller: an address of version 4, or the network of one of version 6, whose owner has all of its addresses.</summary>
public static class ClientAddress
{
    private const int NetworkBytes = 8;

    public static UInt128 Of(IPAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var isV4 = address.IsIPv4MappedToIPv6 || address.AddressFamily == AddressFamily.InterNetwork;
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        if (!isV4)
        {
            bytes[NetworkBytes..].Clear();
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
