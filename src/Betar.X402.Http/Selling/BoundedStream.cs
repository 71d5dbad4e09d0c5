namespace Betar.X402.Http.Selling;

/// <summary>Memory up to a limit; what comes beyond it is dropped and remembered as too much.</summary>
internal sealed class BoundedStream(int limit) : MemoryStream
{
    internal bool IsOverflowed { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Fits(buffer.Length))
        {
            base.Write(buffer);
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (Fits(count))
        {
            base.Write(buffer, offset, count);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer, offset, count);
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void WriteByte(byte value) => Write([value]);

    private bool Fits(int count)
    {
        IsOverflowed |= Length + count > limit;
        return !IsOverflowed;
    }
}
