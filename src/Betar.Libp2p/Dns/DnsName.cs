using System.Text;

namespace Betar.Libp2p.Dns;

/// <summary>Names as they stand in messages: labels with their lengths, the rest of a name perhaps elsewhere in the message.</summary>
internal static class DnsName
{
    private const int MaxWireLength = 255;
    private const int MaxLabelLength = 63;
    private const int PointerBits = 0xC0;

    /// <summary>Lower case and without the last dot; null when it cannot be asked for.</summary>
    public static string? Normalize(string name)
    {
        var trimmed = name.EndsWith('.') ? name[..^1] : name;
        return trimmed.Length is > 0 and <= MaxWireLength - 2 && trimmed.Split('.').All(label => label.Length is > 0 and <= MaxLabelLength && label.All(IsAllowed))
            ? trimmed.ToLowerInvariant()
            : null;
    }

    /// <summary>A normalized name.</summary>
    public static byte[] Encode(string name)
    {
        var wire = new byte[name.Length + 2];
        var at = 0;
        foreach (var label in name.Split('.'))
        {
            wire[at] = (byte)label.Length;
            at += 1 + Encoding.ASCII.GetBytes(label, wire.AsSpan(at + 1));
        }

        return wire;
    }

    /// <summary>Reads the name at <paramref name="at"/> and moves behind it. A pointer leads only backwards, so that every name ends.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> message, ref int at, out string name)
    {
        var text = new StringBuilder();
        var place = at;
        var lowest = at;
        int? behind = null;
        name = string.Empty;
        while (place < message.Length)
        {
            int length = message[place];
            if (length == 0)
            {
                at = behind ?? place + 1;
                name = text.ToString();
                return true;
            }

            if ((length & PointerBits) == PointerBits)
            {
                if (place + 1 >= message.Length)
                    return false;
                behind ??= place + 2;
                var target = ((length & ~PointerBits) << 8) | message[place + 1];
                if (target >= lowest)
                    return false;
                place = lowest = target;
            }
            else if (length > MaxLabelLength || place + 1 + length > message.Length || !TryAppend(text, message.Slice(place + 1, length)))
            {
                return false;
            }
            else
            {
                place += 1 + length;
            }
        }

        return false;
    }

    // A dot inside of a label would make two names look the same.
    private static bool TryAppend(StringBuilder text, ReadOnlySpan<byte> label)
    {
        if (text.Length > 0)
            text.Append('.');
        foreach (var letter in label)
        {
            if (!IsAllowed((char)letter))
                return false;
            text.Append(char.ToLowerInvariant((char)letter));
        }

        return text.Length <= MaxWireLength - 2;
    }

    private static bool IsAllowed(char letter) => letter is > ' ' and < '\x7f' and not '.';
}
