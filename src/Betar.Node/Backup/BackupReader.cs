using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Backup;

/// <summary>Brings a backup back into an empty folder: all of it, each file as its hash says, or nothing.</summary>
internal static class BackupReader
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Checked<BackupManifest> Restore(string archive, DataFolder folder)
    {
        if (!File.Exists(archive))
            return ErrorCatalog.BackupInvalid.Refuse($"There is no file {archive}", "name a file that betar backup made");
        if (Directory.Exists(folder.Root) && Directory.EnumerateFileSystemEntries(folder.Root).Any())
            return ErrorCatalog.RestoreNotEmpty.Refuse($"{folder.Root} is not empty");
        var staging = folder.Root.TrimEnd('/') + ".restoring-" + Guid.NewGuid().ToString("N");
        try
        {
            Directory.CreateDirectory(staging, OwnerOnly | UnixFileMode.UserExecute);
            var manifest = Unpack(archive, staging);
            if (!manifest.IsOk)
                return manifest;
            if (Directory.Exists(folder.Root))
                Directory.Delete(folder.Root);
            Directory.Move(staging, folder.Root);
            return manifest;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException)
        {
            return ErrorCatalog.BackupInvalid.Refuse($"{archive} is not a whole archive ({exception.Message})") with { Cause = exception };
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    private static Checked<BackupManifest> Unpack(string path, string staging)
    {
        using var file = File.OpenRead(path);
        using var packed = new GZipStream(file, CompressionMode.Decompress);
        using var archive = new TarReader(packed);
        if (archive.GetNextEntry() is not { EntryType: TarEntryType.RegularFile, Name: BackupManifest.FileName, Length: <= BackupManifest.Largest, DataStream: { } first })
            return Damaged(path, "does not begin with its manifest");
        var json = new byte[first.Length];
        first.ReadExactly(json);
        if (BackupManifest.Read(json) is not { } manifest)
            return Damaged(path, "has a manifest that cannot be read");

        var missing = manifest.Files.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile || !missing.Remove(entry.Name, out var promised) || entry.Length != promised.Size)
                return Damaged(path, $"holds {VisibleText.Of(entry.Name)}, which its manifest does not promise so");
            if (!Write(entry.DataStream, promised, Path.Combine(staging, promised.Name)))
                return Damaged(path, $"holds another {VisibleText.Of(entry.Name)} than its manifest promises");
        }

        return missing.Count == 0 ? manifest : Damaged(path, $"does not hold {VisibleText.Of(missing.Keys.Order(StringComparer.Ordinal).First())}");
    }

    /// <summary>False when the bytes are not those of the hash.</summary>
    private static bool Write(Stream? content, BackupEntry promised, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!, OwnerOnly | UnixFileMode.UserExecute);
        using var file = new FileStream(target, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, UnixCreateMode = OwnerOnly });
        content?.CopyTo(file);
        file.Flush(flushToDisk: true);
        file.Position = 0;
        return file.Length == promised.Size && Convert.ToHexStringLower(SHA256.HashData(file)) == promised.Sha256;
    }

    private static CliRefusal Damaged(string path, string why) => ErrorCatalog.BackupInvalid.Refuse($"{path} {why}");
}
