using System.Numerics;
using System.Text;
using Betar.Libp2p;

namespace Betar.Fuzz.Support;

/// <summary>Messages of multistream-select, read one after the other as the specification has it.</summary>
internal sealed class SlowMultistream(byte[] input)
{
    private const int Longest = 1024;
    private int _at;

    /// <summary>The next message without its line end, or why there is none.</summary>
    public (string? Text, Libp2pError? Fault) Next()
    {
        BigInteger length = 0;
        for (var i = 0; ; i++)
        {
            if (_at == input.Length)
                return (null, Libp2pError.ConnectionClosed);
            var part = input[_at++];
            length += (BigInteger)(part & 0x7F) << (7 * i);
            if (part < 0x80 && i > 0 && part == 0)
                return (null, Libp2pError.Malformed);
            if (part < 0x80)
                break;
            if (i == 2)
                return (null, Libp2pError.LimitExceeded);
        }

        if (length.IsZero)
            return (null, Libp2pError.Malformed);
        if (length > Longest)
            return (null, Libp2pError.LimitExceeded);
        if (_at + (int)length > input.Length)
            return (null, Libp2pError.ConnectionClosed);
        var line = input[_at..(_at + (int)length)];
        _at += line.Length;
        return line[^1] == '\n' ? (Encoding.UTF8.GetString(line[..^1]), null) : (null, Libp2pError.Malformed);
    }

    public Libp2pError? Header() => Next() switch
    {
        (null, var fault) => fault,
        ("/multistream/1.0.0", _) => null,
        _ => Libp2pError.Malformed,
    };

    public static byte[] Line(string text) => [(byte)(text.Length + 1), .. Encoding.ASCII.GetBytes(text), (byte)'\n'];
}
