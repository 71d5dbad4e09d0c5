using System.Buffers;

namespace Betar.Agents.Processes;

/// <summary>Cuts a stream into lines of bytes, none longer than a limit.</summary>
internal sealed class LineReader(Stream stream, int limit)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;

    /// <returns>The next line without its end; null at the end of the stream, where half a line counts for nothing, and after a line that is too long.</returns>
    public async ValueTask<byte[]?> ReadAsync()
    {
        _line.ResetWrittenCount();
        while (true)
        {
            int found = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            int stop = found < 0 ? _end : found;
            if (_line.WrittenCount + stop - _start > limit)
                return null;
            _line.Write(_buffer.AsSpan(_start, stop - _start));
            _start = found < 0 ? _end : found + 1;
            if (found >= 0)
                return _line.WrittenSpan.ToArray();
            _start = 0;
            if ((_end = await stream.ReadAsync(_buffer)) == 0)
                return null;
        }
    }
}
