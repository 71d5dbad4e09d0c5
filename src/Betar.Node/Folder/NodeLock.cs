using System.Globalization;
using Betar.Node.Errors;

namespace Betar.Node.Folder;

/// <summary>
/// One node per data folder. The lock is the system's own lock on an open file, so the death of its holder frees it, whatever
/// the file says.
/// </summary>
public sealed class NodeLock : IDisposable
{
    private readonly FileStream file;
    private readonly string holderPath;

    private NodeLock(FileStream file, string holderPath)
    {
        this.file = file;
        this.holderPath = holderPath;
    }

    /// <summary>Takes the folder, or says who has it.</summary>
    public static Checked<NodeLock> Acquire(DataFolder folder)
    {
        var prepared = folder.Prepare();
        if (!prepared.IsOk)
            return prepared.Refusal;

        FileStream file;
        try
        {
            file = new FileStream(folder.Lock, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return InUse(folder) with { Cause = exception };
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException || (exception is IOException full && !ExceptionTranslator.IsDiskFull(full)))
        {
            return ErrorCatalog.FolderNotWritable.Refuse($"The lock file {folder.Lock} cannot be opened ({exception.Message})") with { Cause = exception };
        }

        var text = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(text));
        file.Flush(flushToDisk: false);
        File.WriteAllText(folder.LockHolder, text);
        return new NodeLock(file, folder.LockHolder);
    }

    /// <summary>The process that holds the folder's lock as far as its file tells, or null. Only a hint: acquiring decides.</summary>
    public static int? Holder(DataFolder folder)
    {
        try
        {
            using var reader = new StreamReader(folder.LockHolder);
            var buffer = new char[16];
            var length = reader.ReadBlock(buffer);
            return int.TryParse(buffer.AsSpan(0, length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && ProcessTable.IsAlive(id) ? id : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        // Before the lock goes, so that the next holder's file is never the one that is deleted.
        File.Delete(holderPath);
        file.Dispose();
    }

    /// <summary>EWOULDBLOCK of Linux and of macOS: what the lock of another process gives, and nothing else.</summary>
    private static bool IsHeld(IOException exception) => (exception.HResult & 0xFFFF) is 11 or 35;

    private static CliRefusal InUse(DataFolder folder) => Holder(folder) is { } id
        ? ErrorCatalog.FolderInUse.Refuse($"The data folder {folder.Root} is in use by process {id}",
            $"stop it with kill {id}, or choose another folder with --data")
        : ErrorCatalog.FolderInUse.Refuse($"The data folder {folder.Root} is in use by another process");
}
