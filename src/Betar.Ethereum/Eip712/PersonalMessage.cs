using System.Globalization;
using System.Text;
using Betar.Crypto;

namespace Betar.Ethereum.Eip712;

/// <summary>EIP-191, version 0x45: bytes that a person signs, with a prefix that no transaction begins with.</summary>
public static class PersonalMessage
{
    public static Hash32 Digest(ReadOnlySpan<byte> message)
    {
        var prefix = Encoding.ASCII.GetBytes("\u0019Ethereum Signed Message:\n" + message.Length.ToString(CultureInfo.InvariantCulture));
        var bytes = new byte[prefix.Length + message.Length];
        prefix.CopyTo(bytes, 0);
        message.CopyTo(bytes.AsSpan(prefix.Length));
        return new Hash32(Keccak256.Hash(bytes));
    }

    public static Hash32 Digest(string message) => Digest(Encoding.UTF8.GetBytes(message));
}
