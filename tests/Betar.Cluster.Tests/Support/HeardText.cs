using Betar.X402.Pieces;

namespace Betar.Cluster.Tests.Support;

/// <summary>A listener that keeps what it hears.</summary>
internal sealed class HeardText : IPieceSink
{
    private readonly Lock _gate = new();
    private readonly List<(string Text, TaskCompletionSource Heard)> _awaited = [];
    private string _text = "";

    public string Text
    {
        get
        {
            lock (_gate)
                return _text;
        }
    }

    public bool IsOpen => true;

    public void Add(string text)
    {
        lock (_gate)
        {
            _text += text;
            foreach ((string awaited, TaskCompletionSource heard) in _awaited)
                if (_text.Contains(awaited, StringComparison.Ordinal))
                    heard.TrySetResult();
        }
    }

    public ValueTask Take(string text)
    {
        Add(text);
        return ValueTask.CompletedTask;
    }

    /// <summary>Completes once this was heard.</summary>
    public Task UntilAsync(string text)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _awaited.Add((text, heard));
            if (_text.Contains(text, StringComparison.Ordinal))
                heard.TrySetResult();
        }

        return heard.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
