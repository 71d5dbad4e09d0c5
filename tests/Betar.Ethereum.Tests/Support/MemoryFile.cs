using Betar.Ethereum.Devnet;

namespace Betar.Ethereum.Tests.Support;

/// <summary>A file in memory that counts syncs, remembers what was synced, and fails or waits when told.</summary>
internal sealed class MemoryFile : IAppendFile
{
    readonly MemoryStream _bytes = new();

    internal MemoryFile(byte[]? content = null)
    {
        if (content is not null)
            Append(content);
        Synced = _bytes.ToArray();
        Appends = 0;
    }

    internal int Syncs { get; private set; }

    internal int Appends { get; private set; }

    internal bool IsDisposed { get; private set; }

    /// <summary>What a crash leaves when nothing but synced bytes survives.</summary>
    internal byte[] Synced { get; private set; } = [];

    internal byte[] Content => _bytes.ToArray();

    internal bool FailOnSync { get; set; }

    internal bool FailOnAppend { get; set; }

    /// <summary>When set, a sync announces itself and waits to be let through.</summary>
    internal SyncGate? Gate { get; set; }

    public long Length => _bytes.Length;

    public int Read(long offset, Span<byte> destination)
    {
        _bytes.Position = offset;
        return _bytes.Read(destination);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (FailOnAppend)
            throw new IOException("No space left on device");
        Appends++;
        _bytes.Position = _bytes.Length;
        _bytes.Write(bytes);
    }

    public void Truncate(long length) => _bytes.SetLength(length);

    public void Sync()
    {
        Gate?.Pass();
        if (FailOnSync)
            throw new IOException("Input/output error");
        Syncs++;
        Synced = _bytes.ToArray();
    }

    public void Dispose() => IsDisposed = true;
}
