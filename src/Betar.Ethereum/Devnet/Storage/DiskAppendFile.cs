using Betar.Crypto.Native;

namespace Betar.Ethereum.Devnet;

/// <summary>A file on disk that no second process opens: the lock ends with the process, however that ends.</summary>
internal sealed class DiskAppendFile : IAppendFile
{
    readonly FileStream _stream;

    DiskAppendFile(FileStream stream) => (_stream, Length) = (stream, stream.Length);

    public long Length { get; private set; }

    /// <summary>A new file's name is on the disk as well before anything is written to it: else a crash could lose a file that was synced.</summary>
    internal static DiskAppendFile Open(string path) => Open(path, FolderEntries.Sync);

    internal static DiskAppendFile Open(string path, Action<string> syncFolder)
    {
        FileStream? stream = null;
        try
        {
            var changed = File.Exists(path) ? [] : MakeFolders(Path.GetDirectoryName(Path.GetFullPath(path))!);
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            changed.ForEach(syncFolder);
            return new DiskAppendFile(stream);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            stream?.Dispose();
            throw IsHeld(fault)
                ? new DevnetOpenException(DevnetOpenFault.InUse, $"The chain's file {path} is in use by another process.", fault)
                : new DevnetOpenException(DevnetOpenFault.NotAccessible, $"The chain's file {path} cannot be opened for writing: {fault.Message}", fault);
        }
    }

    // The folder of the file, and the parent of each folder that had to be made.
    static List<string> MakeFolders(string folder)
    {
        List<string> changed = [folder];
        while (!Directory.Exists(changed[^1]) && Path.GetDirectoryName(changed[^1]) is { } parent)
            changed.Add(parent);
        Directory.CreateDirectory(folder);
        return changed;
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows: what a lock of somebody else gives, and nothing else.
    static bool IsHeld(Exception fault) => fault is IOException && (fault.HResult & 0xFFFF) is 11 or 35 or 32;

    public int Read(long offset, Span<byte> destination)
    {
        var total = 0;
        while (total < destination.Length && RandomAccess.Read(_stream.SafeFileHandle, destination[total..], offset + total) is > 0 and var read)
            total += read;
        return total;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_stream.SafeFileHandle, bytes, Length);
        Length += bytes.Length;
    }

    public void Truncate(long length)
    {
        RandomAccess.SetLength(_stream.SafeFileHandle, length);
        Length = length;
    }

    public void Sync() => RandomAccess.FlushToDisk(_stream.SafeFileHandle);

    public void Dispose() => _stream.Dispose();
}
