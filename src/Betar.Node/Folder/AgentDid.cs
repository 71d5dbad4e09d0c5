using System.Security.Cryptography;
using System.Text;
using Betar.Crypto;

namespace Betar.Node.Folder;

/// <summary>
/// The original's <c>did:key</c> of a name under a node. Its seed is made of public data, so anybody can derive the private key:
/// it is a label and proves nothing.
/// </summary>
public static class AgentDid
{
    private const string Prefix = "did:key:z";

    private static readonly byte[] Ed25519Codec = [0xed, 0x01];

    /// <param name="name">An agent's name, or <c>node</c> for the node itself; taken as it is.</param>
    /// <param name="nodePublicKey32">The node's raw public key.</param>
    public static string Derive(string name, ReadOnlySpan<byte> nodePublicKey32)
    {
        byte[] source = [.. "betar/"u8, .. Encoding.UTF8.GetBytes(name), (byte)'/', .. nodePublicKey32];
        Span<byte> publicKey = stackalloc byte[Ed25519.PublicKeySize];
        Ed25519.PublicKeyFromSeed(SHA256.HashData(source), publicKey);
        return Prefix + Base58.Encode([.. Ed25519Codec, .. publicKey]);
    }
}
