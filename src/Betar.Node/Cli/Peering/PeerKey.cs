using Betar.Libp2p.Identity;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Peering;

/// <summary>The key file that a command of the network was given.</summary>
internal static class PeerKey
{
    /// <summary>The key in the file; the caller disposes it.</summary>
    public static Checked<IdentityKey> Read(string path) => path.Length == 0 ? Unnamed() : KeyFile.TryRead(path, out var key) switch
    {
        KeyFileStatus.Read => key!,
        KeyFileStatus.Missing => ErrorCatalog.FileNotReadable.Refuse($"There is no key file {path}", "name one that is there"),
        KeyFileStatus.Exposed => ErrorCatalog.KeyFileMode.Refuse($"The key file {path} can be used by others than its owner", $"run chmod 600 {path}"),
        _ => ErrorCatalog.KeyFileMalformed.Refuse($"The key file {path} does not hold one libp2p private key, 68 bytes for Ed25519"),
    };

    /// <summary>The same, with a new key in a new file when there is none; without a path a key that is gone with the process.</summary>
    public static Checked<IdentityKey> ReadOrCreate(string? path)
    {
        if (path is "")
            return Unnamed();
        if (path is not null && File.Exists(path))
            return Read(path);
        var key = IdentityKey.Generate();
        try
        {
            if (path is not null)
                KeyFile.Create(path, key);
            return key;
        }
        catch (Exception fault)
        {
            key.Dispose();
            if (fault is not (IOException or UnauthorizedAccessException))
                throw;
            return ErrorCatalog.FileNotReadable.Refuse($"The key file {path} cannot be made ({fault.Message})") with { Cause = fault };
        }
    }

    private static CliRefusal Unnamed() => ErrorCatalog.BadOptionValue.Refuse("--key names no file", "write the path of the key file behind it");
}
