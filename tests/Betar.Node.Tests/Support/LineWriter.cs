using System.Text;

namespace Betar.Node.Tests.Support;

/// <summary>A terminal of which the test waits for the next line.</summary>
internal sealed class LineWriter : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly SemaphoreSlim _flushed = new(0);

    public override Encoding Encoding => Encoding.UTF8;

    public string Seen
    {
        get
        {
            lock (_lock)
                return _text.ToString();
        }
    }

    public async Task<string?> NextAsync(TimeSpan patience) => await _flushed.WaitAsync(patience) ? Seen : null;

    public override void Write(char value)
    {
        lock (_lock)
            _text.Append(value);
    }

    public override void Flush() => _flushed.Release();

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Flush();
        return Task.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        _flushed.Dispose();
        base.Dispose(disposing);
    }
}
