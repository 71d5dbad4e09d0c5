using System.Security.Cryptography;
using Betar.Node.Errors;

namespace Betar.Node.Folder;

/// <summary>Files that hold secrets: read and written whole, for their owner alone.</summary>
internal static class SecretFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Refuses a file that anybody but its owner may use.</summary>
    public static CliRefusal? CheckMode(string path)
    {
        var mode = File.GetUnixFileMode(path);
        return (mode & Others) == 0
            ? null
            : ErrorCatalog.KeyFileMode.Refuse(
                $"The key file {path} can be used by others than its owner (mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')})",
                $"run chmod 600 {path}");
    }

    /// <summary>The file's bytes when its mode is right and it is no longer than the limit. The caller wipes them.</summary>
    public static Checked<byte[]> Read(string path, int limit)
    {
        try
        {
            if (CheckMode(path) is { } refusal)
                return refusal;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length > limit)
                return ErrorCatalog.KeyFileMalformed.Refuse($"The key file {path} has {file.Length} bytes, more than any key has");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return ErrorCatalog.FileNotReadable.Refuse($"The key file {path} cannot be read ({exception.Message})") with { Cause = exception };
        }
    }

    /// <summary>
    /// Writes a new file that is on the disk before it has its name; false when somebody else made one of that name meanwhile.
    /// </summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            Write(path, content, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <summary>Puts new content in a file's place: a crash leaves the old one or the new one, whole.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content) => Write(path, content, overwrite: true);

    private static void Write(string path, ReadOnlySpan<byte> content, bool overwrite)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder, Private | UnixFileMode.UserExecute);
        var draft = Path.Combine(folder, $".{Path.GetFileName(path)}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        try
        {
            using (var file = new FileStream(draft, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private,
            }))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
