using System.Security.Cryptography;
using System.Text;
using Betar.Libp2p.Identity;

namespace Betar.Marketplace.Listings;

/// <summary>
/// The original's <c>did:key</c> of a name under a node. Its seed is made of public data, so anybody can derive the private key:
/// it is a label and proves nothing.
/// </summary>
public static class AgentDid
{
    /// <param name="name">An agent's name, or <c>node</c> for the node itself; taken as it is.</param>
    /// <param name="nodePublicKey32">The node's raw public key.</param>
    public static string Derive(string name, ReadOnlySpan<byte> nodePublicKey32)
    {
        byte[] source = [.. "betar/"u8, .. Encoding.UTF8.GetBytes(name), (byte)'/', .. nodePublicKey32];
        using var key = IdentityKey.FromEd25519Seed(SHA256.HashData(source));
        return DidKey.TryFormat(key.PublicKey, out var did) ? did : throw new InvalidOperationException("An Ed25519 key has a did:key.");
    }
}
