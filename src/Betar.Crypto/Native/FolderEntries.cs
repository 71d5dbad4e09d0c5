using System.Runtime.InteropServices;

namespace Betar.Crypto.Native;

/// <summary>
/// Makes the names in a folder durable: syncing a new file keeps its content, and only syncing its folder keeps the file. The
/// framework has no call for it.
/// </summary>
public static partial class FolderEntries
{
    private const string Library = "libc";
    private const int ReadOnly = 0;

    /// <summary>Returns once the folder's entries are on the disk. Does nothing on Windows, which writes them with the file.</summary>
    public static void Sync(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (OperatingSystem.IsWindows())
            return;

        int descriptor = open(folder, ReadOnly);
        if (descriptor < 0)
            throw Failed(folder, Marshal.GetLastPInvokeError());
        try
        {
            if (fsync(descriptor) != 0)
                throw Failed(folder, Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static IOException Failed(string folder, int error) =>
        new($"The entries of folder {folder} could not be synced: {Marshal.GetPInvokeErrorMessage(error)}.", error);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport(Library)]
    private static partial int close(int descriptor);
}
