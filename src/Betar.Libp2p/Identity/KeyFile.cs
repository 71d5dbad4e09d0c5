using System.Security.Cryptography;

namespace Betar.Libp2p.Identity;

/// <summary>
/// An identity on disk: the bare <c>PrivateKey</c> message, 68 bytes for Ed25519, readable by its owner only. The same file as other
/// programs of the network use.
/// </summary>
public static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = OwnerOnly | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static KeyFileStatus TryRead(string path, out IdentityKey? key)
    {
        key = null;
        FileStream file;
        try
        {
            file = new FileStream(path, ForReading());
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return KeyFileStatus.Missing;
        }

        using (file)
        {
            if ((File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
            {
                return KeyFileStatus.Exposed;
            }

            return TryRead(file, out key) ? KeyFileStatus.Read : KeyFileStatus.Malformed;
        }
    }

    /// <summary>Never replaces a file: <see cref="IOException"/> when there is one.</summary>
    public static void Create(string path, IdentityKey key)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!, FolderMode);
        var encoded = key.Encode();
        try
        {
            using var file = new FileStream(full, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
                BufferSize = 0,
            });
            file.Write(encoded);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(encoded);
        }
    }

    private static FileStreamOptions ForReading() => new() { Mode = FileMode.Open, Access = FileAccess.Read, BufferSize = 0 };

    private static bool TryRead(FileStream file, out IdentityKey? key)
    {
        key = null;
        // One more, so that a longer file is seen to be longer.
        var buffer = new byte[IdentityKey.MaxEncodedLength + 1];
        try
        {
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return IdentityKey.TryDecode(buffer.AsSpan(0, length), out key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }
}
