using System.Security.Cryptography;
using Betar.Crypto;
using Betar.Node.Errors;

namespace Betar.Node.Folder;

/// <summary>The node's Ed25519 identity: 68 bytes in the original's file, of which only the public half stays in memory.</summary>
public sealed class NodeIdentity
{
    public const int FileSize = 68;

    private static readonly byte[] PeerIdPrefix = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];
    private readonly byte[] publicKey;

    private NodeIdentity(byte[] publicKey)
    {
        this.publicKey = publicKey;
        PeerId = Base58.Encode([.. PeerIdPrefix, .. publicKey]);
    }

    public ReadOnlySpan<byte> PublicKey => publicKey;

    public string PeerId { get; }

    /// <summary>The id by which this node calls others.</summary>
    public string NodeDid => AgentDid.Derive("node", publicKey);

    private static ReadOnlySpan<byte> FilePrefix => [0x08, 0x01, 0x12, 0x40];

    /// <summary>The id of an agent of this node.</summary>
    public string AgentId(string name) => AgentDid.Derive(name, publicKey);

    public static NodeIdentity FromPublicKey(ReadOnlySpan<byte> publicKey32) => new(publicKey32.ToArray());

    public static Checked<NodeIdentity> LoadOrCreate(DataFolder folder)
    {
        if (!File.Exists(folder.IdentityKey))
            Create(folder);
        return Load(folder);
    }

    public static Checked<NodeIdentity> Load(DataFolder folder)
    {
        var content = SecretFile.Read(folder.IdentityKey, FileSize + 1);
        if (!content.IsOk)
            return content.Refusal;
        try
        {
            return Decode(content.Value) is { } identity
                ? identity
                : ErrorCatalog.KeyFileMalformed.Refuse(
                    $"The key file {folder.IdentityKey} is not a libp2p Ed25519 key of {FileSize} bytes with its own public key");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content.Value);
        }
    }

    private static NodeIdentity? Decode(ReadOnlySpan<byte> content)
    {
        if (content.Length != FileSize || !content.StartsWith(FilePrefix))
            return null;
        var publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.PublicKeyFromSeed(content.Slice(FilePrefix.Length, Ed25519.SeedSize), publicKey);
        return publicKey.AsSpan().SequenceEqual(content[^Ed25519.PublicKeySize..]) ? new NodeIdentity(publicKey) : null;
    }

    private static void Create(DataFolder folder)
    {
        Span<byte> content = stackalloc byte[FileSize];
        try
        {
            FilePrefix.CopyTo(content);
            var seed = content.Slice(FilePrefix.Length, Ed25519.SeedSize);
            RandomNumberGenerator.Fill(seed);
            Ed25519.PublicKeyFromSeed(seed, content[^Ed25519.PublicKeySize..]);
            SecretFile.TryCreate(folder.IdentityKey, content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }
}
