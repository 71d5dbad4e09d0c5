using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Betar.Node.Cli;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Storage.Database;

namespace Betar.Node.Backup;

/// <summary>Writes a data folder into one archive. The databases are copied as of one moment each, while a node may go on writing.</summary>
internal static class BackupWriter
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Checked<BackupManifest> Write(DataFolder folder, string target, TimeProvider time)
    {
        if (File.Exists(target))
            return ErrorCatalog.FileThere.Refuse($"{target} is there already");
        if (!Directory.Exists(folder.Root) || BackupFiles.Of(folder) is not { Count: > 0 } names)
            return ErrorCatalog.NoData.Refuse($"Nothing is kept in {folder.Root}");
        if (names.Count > BackupFiles.Most)
            return ErrorCatalog.BackupInvalid.Refuse($"{folder.Root} has more than {BackupFiles.Most} files", "move what is not the node's to another place");
        var staging = Directory.CreateDirectory(Path.GetFullPath(target) + ".parts-" + Guid.NewGuid().ToString("N"), OwnerOnly | UnixFileMode.UserExecute).FullName;
        try
        {
            BackupEntry[] entries = [.. names.Select(name => Copy(folder, name, staging))];
            var manifest = new BackupManifest(BetarCli.Version, time.GetUtcNow(), NodeIdentity.Load(folder) is { IsOk: true, Value.PeerId: var peer } ? peer : "", entries);
            var half = Path.Combine(staging, "archive");
            Pack(manifest, staging, half);
            File.Move(half, target, overwrite: false);
            return manifest;
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private static BackupEntry Copy(DataFolder folder, string name, string staging)
    {
        var copy = Path.Combine(staging, "files", name);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!, OwnerOnly | UnixFileMode.UserExecute);
        if (BackupFiles.IsDatabase(name))
            DatabaseCopy.Write(Path.Combine(folder.Root, name), copy);
        else
            File.Copy(Path.Combine(folder.Root, name), copy);
        using var file = File.OpenRead(copy);
        return new BackupEntry(name, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    private static void Pack(BackupManifest manifest, string staging, string target)
    {
        using var file = new FileStream(target, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        using (var packed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var archive = new TarWriter(packed, TarEntryFormat.Pax))
        {
            archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.FileName) { DataStream = new MemoryStream(manifest.Write()), Mode = OwnerOnly });
            foreach (var entry in manifest.Files)
            {
                using var content = File.OpenRead(Path.Combine(staging, "files", entry.Name));
                archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = content, Mode = OwnerOnly });
            }
        }

        file.Flush(flushToDisk: true);
    }
}
