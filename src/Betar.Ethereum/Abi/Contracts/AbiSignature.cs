using System.Buffers.Binary;
using System.Text;
using Betar.Crypto;

namespace Betar.Ethereum;

/// <summary>How functions, events and errors are named on the chain: by the hash of their name and types.</summary>
internal static class AbiSignature
{
    internal static string Of(string name, IEnumerable<AbiParameter> inputs) => $"{name}({string.Join(',', inputs.Select(input => input.Type))})";

    internal static Hash32 Topic(string signature) => new(Keccak256.Hash(Encoding.UTF8.GetBytes(signature)));

    internal static uint Selector(string signature) => BinaryPrimitives.ReadUInt32BigEndian(Keccak256.Hash(Encoding.UTF8.GetBytes(signature)));

    internal static AbiType[] Types(IReadOnlyList<AbiParameter> parameters) => [.. parameters.Select(parameter => parameter.Type)];
}
