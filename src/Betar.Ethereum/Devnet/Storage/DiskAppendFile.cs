namespace Betar.Ethereum.Devnet;

/// <summary>A file on disk that no second process opens: the lock ends with the process, however that ends.</summary>
internal sealed class DiskAppendFile : IAppendFile
{
    readonly FileStream _stream;

    DiskAppendFile(FileStream stream) => (_stream, Length) = (stream, stream.Length);

    public long Length { get; private set; }

    internal static DiskAppendFile Open(string path)
    {
        var existed = File.Exists(path);
        FileStream stream;
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or DirectoryNotFoundException or NotSupportedException)
        {
            throw new DevnetOpenException(DevnetOpenFault.NotAccessible, $"The chain's file {path} cannot be opened for writing.", fault);
        }
        catch (IOException fault) when (existed)
        {
            throw new DevnetOpenException(DevnetOpenFault.InUse, $"The chain's file {path} is in use by another process.", fault);
        }
        catch (IOException fault)
        {
            throw new DevnetOpenException(DevnetOpenFault.NotAccessible, $"The chain's file {path} cannot be made.", fault);
        }

        return new DiskAppendFile(stream);
    }

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
