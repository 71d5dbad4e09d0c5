using System.Security.Cryptography;
using Betar.Libp2p.Identity;
using Betar.Marketplace.Listings;
using Betar.Node.Errors;

namespace Betar.Node.Folder;

/// <summary>The node's Ed25519 identity: 68 bytes in the original's file, of which only the public half stays in memory.</summary>
public sealed class NodeIdentity
{
    public const int FileSize = 68;

    private readonly PublicKey key;

    private NodeIdentity(PublicKey key)
    {
        this.key = key;
        PeerId = key.ToPeerId().ToString();
    }

    public ReadOnlySpan<byte> PublicKey => key.Data.Span;

    public string PeerId { get; }

    /// <summary>The id by which this node calls others.</summary>
    public string NodeDid => AgentDid.Derive("node", PublicKey);

    /// <summary>The id of an agent of this node.</summary>
    public string AgentId(string name) => AgentDid.Derive(name, PublicKey);

    public static Checked<NodeIdentity> LoadOrCreate(DataFolder folder)
    {
        if (!File.Exists(folder.IdentityKey))
            Create(folder);
        return Load(folder);
    }

    public static Checked<NodeIdentity> Load(DataFolder folder)
    {
        var key = ReadKey(folder);
        if (!key.IsOk)
            return key.Refusal;
        using (key.Value)
            return new NodeIdentity(key.Value.PublicKey);
    }

    /// <summary>The key itself, made when there is none; the caller disposes it.</summary>
    public static Checked<IdentityKey> OpenKey(DataFolder folder)
    {
        if (!File.Exists(folder.IdentityKey))
            Create(folder);
        return ReadKey(folder);
    }

    private static Checked<IdentityKey> ReadKey(DataFolder folder)
    {
        var content = SecretFile.Read(folder.IdentityKey, FileSize + 1);
        if (!content.IsOk)
            return content.Refusal;
        try
        {
            if (content.Value.Length == FileSize && IdentityKey.TryDecode(content.Value, out var key))
                return key;
            return ErrorCatalog.KeyFileMalformed.Refuse(
                $"The key file {folder.IdentityKey} is not a libp2p Ed25519 key of {FileSize} bytes with its own public key");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content.Value);
        }
    }

    private static void Create(DataFolder folder)
    {
        using var key = IdentityKey.Generate();
        var content = key.Encode();
        try
        {
            SecretFile.TryCreate(folder.IdentityKey, content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }
}
