using System.Numerics;

namespace Betar.Fuzz.Support;

/// <summary>Protobuf read as plainly as can be: a list of all fields, or null.</summary>
internal static class SlowProtobuf
{
    public static List<(int Field, int Type, byte[] Bytes)>? Read(byte[] message)
    {
        var fields = new List<(int, int, byte[])>();
        for (var at = 0; at < message.Length;)
        {
            if (Number(message, ref at) is not { } tag || tag >> 3 == 0 || tag >> 3 >= 1 << 29)
                return null;
            var type = (int)(tag & 7);
            var length = type switch
            {
                1 => 8,
                5 => 4,
                2 => Number(message, ref at) is { } bytes && bytes <= message.Length ? (int)bytes : -1,
                0 => Number(message, ref at) is null ? -1 : 0,
                _ => -1,
            };
            if (length < 0 || at + length > message.Length)
                return null;
            fields.Add(((int)(tag >> 3), type, message[at..(at + length)]));
            at += length;
        }

        return fields;
    }

    public static BigInteger? Number(byte[] message, ref int at)
    {
        BigInteger value = 0;
        for (var i = 0; i < 10 && at < message.Length; i++)
        {
            var part = message[at++];
            value += (BigInteger)(part & 0x7F) << (7 * i);
            if (part < 0x80)
                return value < BigInteger.One << 64 ? value : null;
        }

        return null;
    }
}
