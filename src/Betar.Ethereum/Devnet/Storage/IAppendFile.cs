namespace Betar.Ethereum.Devnet;

/// <summary>The file under the chain: a seam, so that tests can count syncs and make writes fail.</summary>
internal interface IAppendFile : IDisposable
{
    long Length { get; }

    int Read(long offset, Span<byte> destination);

    void Append(ReadOnlySpan<byte> bytes);

    void Truncate(long length);

    /// <summary>Returns once everything written is on the disk itself.</summary>
    void Sync();
}
