using System.Text;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Eip712;

namespace Betar.Contracts.Tests.Support;

/// <summary>EIP-712 by the book, for types of flat members: what the contracts compute, computed apart from them.</summary>
internal static class TypedData
{
    /// <param name="type">The encoded type, such as <c>Receipt(bytes32 escrow,bytes32 answer)</c>.</param>
    internal static Hash32 Digest(Eip712Domain domain, string type, params object[] values) =>
        Hash([0x19, 0x01, .. domain.Separator.ToArray(), .. StructHash(type, values).ToArray()]);

    internal static Hash32 StructHash(string type, params object[] values)
    {
        var members = type[(type.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',').Select(member => AbiType.Parse(member.Split(' ')[0]));
        return Hash(AbiEncoder.Encode([AbiType.Parse("bytes32"), .. members], [TypeHash(type), .. values]));
    }

    internal static byte[] TypeHash(string type) => Keccak256.Hash(Encoding.ASCII.GetBytes(type));

    internal static Hash32 Label(string label) => Hash(Encoding.ASCII.GetBytes(label));

    private static Hash32 Hash(byte[] bytes) => new(Keccak256.Hash(bytes));
}
